"""The tap: what passes between the SDK and the service, recorded. All views read this and nothing else."""

from helpers.tap.exchange import Exchange
from helpers.tap.transport import AsyncTapTransport, Exchanges, TapTransport, exchange_of, exchanges

__all__ = ["AsyncTapTransport", "Exchange", "Exchanges", "TapTransport", "exchange_of", "exchanges"]
