"""Which exchange a learner means by what they gave to a view: an exchange, a number, or nothing."""

from collections.abc import Sequence

from helpers.tap.exchange import Exchange


def find_exchange(wanted: Exchange | int | None, kept: Sequence[Exchange], view: str) -> Exchange | str:
    """The exchange, or the sentence that says what to do instead.

    None is the last one of `kept`, a negative number counts from the end. `view` is the name of the function that was
    called, for the sentence.
    """
    if isinstance(wanted, Exchange):
        return wanted
    kept = list(kept)  # The session goes on.
    if not kept:
        return (
            "There is no exchange yet. Run a cell that calls the model, such as client.chat.completions.create(...), "
            "with the client that connect() gave you; then run this one again."
        )
    if wanted is None:
        return kept[-1]
    if not isinstance(wanted, int):
        return (
            f"{view} takes an exchange, its number, or nothing for the last one, and "
            f"{type(wanted).__name__} is none of these. Try {view}({kept[-1].number})."
        )
    if -len(kept) <= wanted < 0:
        return kept[wanted]
    by_number = {exchange.number: exchange for exchange in kept}
    return by_number.get(wanted) or (
        f"There is no exchange {wanted}: this session has numbers {kept[0].number} to {kept[-1].number}. "
        "Leave the number out to see the last one."
    )
