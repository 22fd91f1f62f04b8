"""Typed readers of environment variables, which fail early and name the variable."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction


class SettingInvalid(ValueError):
    """An environment variable that is missing or can't be read."""


class Environment:
    """Reads settings from a mapping; an empty value counts as not set."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def text(self, name: str, default: str | None = None) -> str:
        value = self._values.get(name) or default
        if value is None:
            raise SettingInvalid(f"{name} must be set")
        return value

    def flag(self, name: str, default: bool) -> bool:
        value = self._values.get(name, "").lower()
        if value in {"1", "true", "yes", "on"}:
            return True
        if value in {"0", "false", "no", "off"}:
            return False
        if value:
            raise SettingInvalid(f"{name} must be true or false, not {value!r}")
        return default

    def integer(self, name: str, default: int, *, minimum: int = 0) -> int:
        value = self._values.get(name) or str(default)
        try:
            number = int(value)
        except ValueError:
            raise SettingInvalid(f"{name} must be a whole number, not {value!r}") from None
        if number < minimum:
            raise SettingInvalid(f"{name} must be at least {minimum}, not {number}")
        return number

    def words(self, name: str, default: str = "") -> list[str]:
        """Comma-separated words."""
        value = self._values.get(name) or default
        return [word.strip() for word in value.split(",") if word.strip()]

    def choice(self, name: str, choices: tuple[str, ...], default: str) -> str:
        value = self._values.get(name) or default
        if value not in choices:
            raise SettingInvalid(f"{name} must be one of {', '.join(choices)}, not {value!r}")
        return value

    def fraction(self, name: str, default: str) -> Fraction:
        """A share from 0 to 1, exact: 3/5 or 0.6."""
        value = self._values.get(name) or default
        try:
            share = Fraction(value)
        except (ValueError, ZeroDivisionError):
            raise SettingInvalid(f"{name} must be a share such as 3/5, not {value!r}") from None
        if not 0 <= share <= 1:
            raise SettingInvalid(f"{name} must lie between 0 and 1, not {value}")
        return share
