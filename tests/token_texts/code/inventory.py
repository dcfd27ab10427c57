"""Keeps track of what a small shop has in stock, and of what it should order again."""

from __future__ import annotations

import argparse
import csv
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS item (
    sku       TEXT PRIMARY KEY,
    name      TEXT NOT NULL,
    quantity  INTEGER NOT NULL DEFAULT 0 CHECK (quantity >= 0),
    threshold INTEGER NOT NULL DEFAULT 5,
    price     REAL
);
CREATE TABLE IF NOT EXISTS movement (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    sku   TEXT NOT NULL REFERENCES item(sku) ON DELETE CASCADE,
    delta INTEGER NOT NULL,
    day   TEXT NOT NULL
);
"""


class OutOfStock(Exception):
    """Raised when more is taken than there is."""

    def __init__(self, sku: str, wanted: int, available: int) -> None:
        super().__init__(f"{sku}: {wanted} wanted, only {available} left")
        self.sku, self.wanted, self.available = sku, wanted, available


@dataclass(frozen=True)
class Item:
    sku: str
    name: str
    quantity: int = 0
    threshold: int = 5
    price: float | None = None
    tags: tuple[str, ...] = field(default=(), compare=False)

    @property
    def is_low(self) -> bool:
        return self.quantity <= self.threshold


class Inventory:
    def __init__(self, path: Path | str = ":memory:") -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.executescript(SCHEMA)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Cursor]:
        with closing(self._db.cursor()) as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
            except BaseException:
                cursor.execute("ROLLBACK")
                raise
            cursor.execute("COMMIT")

    def add(self, item: Item) -> None:
        with self._transaction() as cursor:
            cursor.execute(
                "INSERT INTO item (sku, name, quantity, threshold, price) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (sku) DO UPDATE SET name = excluded.name, price = excluded.price",
                (item.sku, item.name, item.quantity, item.threshold, item.price),
            )

    def take(self, sku: str, number: int = 1, *, on: date | None = None) -> int:
        """Remove `number` pieces; returns how many remain."""
        if number <= 0:
            raise ValueError(f"number must be positive, not {number!r}")
        with self._transaction() as cursor:
            row = cursor.execute("SELECT quantity FROM item WHERE sku = ?", (sku,)).fetchone()
            if row is None:
                raise KeyError(sku)
            remaining = row["quantity"] - number
            if remaining < 0:
                raise OutOfStock(sku, number, row["quantity"])
            cursor.execute("UPDATE item SET quantity = ? WHERE sku = ?", (remaining, sku))
            cursor.execute(
                "INSERT INTO movement (sku, delta, day) VALUES (?, ?, ?)",
                (sku, -number, (on or date.today()).isoformat()),
            )
        return remaining

    def low(self) -> list[Item]:
        rows = self._db.execute("SELECT * FROM item WHERE quantity <= threshold ORDER BY quantity, sku")
        return [Item(row["sku"], row["name"], row["quantity"], row["threshold"], row["price"]) for row in rows]

    def sold_per_day(self, sku: str, days: int = 30) -> float:
        since = date.today() - timedelta(days=days)
        query = "SELECT COALESCE(-SUM(delta), 0) FROM movement WHERE sku = ? AND delta < 0 AND day >= ?"
        (total,) = self._db.execute(query, (sku, since.isoformat())).fetchone()
        return total / days


def load(path: Path) -> Iterator[Item]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                yield Item(
                    sku=row["sku"].strip().upper(),
                    name=row["name"].strip(),
                    quantity=int(row.get("quantity") or 0),
                    price=float(row["price"].replace(",", ".")) if row.get("price") else None,
                )
            except (KeyError, ValueError) as error:
                print(f"{path}:{number}: skipped ({error})", file=sys.stderr)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--database", default="stock.db")
    options = parser.parse_args(argv)
    inventory = Inventory(options.database)
    for file in options.files:
        for item in load(file):
            inventory.add(item)
    for item in inventory.low():
        print(f"{item.sku:<12} {item.name:<30} {item.quantity:>5} / {item.threshold}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
