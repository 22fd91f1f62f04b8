"""The item editor's form: an item as its author thinks of it, checked as a content file is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from assessments.content.schema import ExhibitContent, ItemContent
from assessments.enums import ItemUse
from assessments.item_types.registry import ITEM_TYPES
from assessments.models import Skill
from core.content.documents import located
from core.content.loading import digest

from .skills import unix_lines

MOST_OPTIONS = 6
EXHIBIT_KINDS = [
    ("", _("No exhibit")),
    ("email", _("E-mail")),
    ("chat", _("Chat")),
    ("call", _("Call")),
    ("bill", _("Bill")),
    ("table", _("Table")),
    ("note", _("Note")),
    ("article", _("Article")),
]
KEY_HELP = {
    "single-choice": _("The letter of the right option, for example: b"),
    "multiple-choice": _("The letters of all right options, for example: a, d"),
    "situational": _("All letters from the most to the least effective, for example: b, a, d, c"),
    "rating": _("Each letter with 1 (very poor) to 4 (very good), for example: a=4, b=1, c=2, d=3"),
    "ordering": _("All letters in the right order, for example: c, a, d, b"),
    "numeric": _("The right number, perhaps with a tolerance, for example: 42.50 ± 0.01"),
}


def key_text(item_type: str, key: Any) -> str:
    """A key as an author writes it."""
    match item_type, key:
        case _, None:
            return ""
        case "numeric", {"value": value}:
            tolerance = key.get("tolerance", "0")
            return value if float(tolerance) == 0 else f"{value} ± {tolerance}"
        case "rating", dict():
            return ", ".join(f"{code}={rating}" for code, rating in key.items())
        case _, list():
            return ", ".join(key)
        case _:
            return str(key)


def read_key_text(item_type: str, text: str) -> Any:
    """The key that `text` writes down; what can't be read is left for the item type to refuse."""
    text = text.strip()
    match item_type:
        case "typing":
            return None
        case "numeric":
            value, _sign, tolerance = text.replace("+-", "±").partition("±")
            return {"value": value.strip(), "tolerance": tolerance.strip() or "0"}
        case "rating":
            pairs = [pair.partition("=") for pair in text.replace(",", " ").split()]
            return {
                code.strip(): int(rating) if rating.strip().isdecimal() else rating
                for code, _sign, rating in pairs
            }
        case "multiple-choice" | "situational" | "ordering":
            return text.replace(",", " ").split()
        case _:
            return text


def slip_lines(slips: list[Any]) -> str:
    return "\n".join(f"{slip.value}: {slip.rationale}" for slip in slips)


def read_slip_lines(text: str) -> list[dict[str, str]]:
    rows = [line.partition(":") for line in text.splitlines() if line.strip()]
    return [{"value": value.strip(), "rationale": why.strip()} for value, _sign, why in rows]


class OptionForm(forms.Form):
    code = forms.RegexField(r"^[a-z]$", widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What the candidate reads"), required=False, widget=forms.Textarea({"rows": 3})
    )
    rationale = forms.CharField(
        label=_("Why right, or which mistake"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


OptionFormSet = formset_factory(
    OptionForm, extra=0, max_num=MOST_OPTIONS, absolute_max=MOST_OPTIONS
)


class ItemForm(forms.Form):
    """Edits one item of a type and skill that are settled already; `content` is what it says."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=60,
        help_text=_("Skill and number, for example empathy-025. It never changes afterwards."),
    )
    use = forms.ChoiceField(label=_("Use"), choices=ItemUse.choices)
    facet = forms.ChoiceField(label=_("Facet"))
    level = forms.IntegerField(
        label=_("Level"),
        min_value=1,
        max_value=5,
        help_text=_("1 to 5: the level at which a person handles this task."),
    )
    discrimination = forms.FloatField(
        label=_("Discrimination"),
        initial=1.0,
        help_text=_("0.8 to 1.4 as a rule: how purely the item shows its skill."),
    )
    seconds = forms.IntegerField(
        label=_("Seconds"), help_text=_("What a careful reader needs, reading included.")
    )
    stem = forms.CharField(
        label=_("Stem"), widget=forms.Textarea({"rows": 6}), help_text=_("Markdown")
    )
    exhibit_kind = forms.ChoiceField(label=_("Exhibit"), choices=EXHIBIT_KINDS, required=False)
    exhibit_title = forms.CharField(label=_("Title of the exhibit"), required=False)
    exhibit_body = forms.CharField(
        label=_("Text of the exhibit"),
        required=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Markdown; tables allowed."),
    )
    passage = forms.CharField(label=_("Passage to copy"), widget=forms.Textarea({"rows": 8}))
    unit = forms.CharField(label=_("Unit"), required=False)
    decimals = forms.IntegerField(
        label=_("Decimal places"), required=False, min_value=0, max_value=4
    )
    key = forms.CharField(label=_("Key"))
    slips = forms.CharField(
        label=_("Wrong numbers that a real slip leads to"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One a line, with its reason: 815.75: forgot the tax"),
    )
    explanation = forms.CharField(
        label=_("Explanation"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The principle behind the key, in one to three sentences."),
    )
    loaded = forms.CharField(required=False, widget=forms.HiddenInput)

    ONLY_FOR = {
        "passage": {"typing"},
        "unit": {"numeric"},
        "decimals": {"numeric"},
        "slips": {"numeric"},
        "key": set(ITEM_TYPES) - {"typing"},
    }

    def __init__(
        self,
        data: Any = None,
        *,
        item_type: str,
        skill: Skill,
        existing: ItemContent | None = None,
    ) -> None:
        super().__init__(data, initial=self._initial(existing) if existing else None)
        self.item_type, self.skill, self.existing = item_type, skill, existing
        self.content: ItemContent | None = None
        for name, types in self.ONLY_FOR.items():
            if item_type not in types:
                del self.fields[name]
        self.fields["facet"].choices = [(facet.code, facet.name) for facet in skill.facets.all()]
        if "key" in self.fields:
            self.fields["key"].help_text = KEY_HELP[item_type]
        if existing:
            self.fields["code"].disabled = True
        self.options = self._options(data) if ITEM_TYPES[item_type].NEEDS_OPTIONS else None

    def _initial(self, existing: ItemContent) -> dict[str, Any]:
        exhibit = existing.exhibit
        return existing.model_dump(exclude={"options", "exhibit", "slips", "key"}) | {
            "exhibit_kind": exhibit.kind if exhibit else "",
            "exhibit_title": exhibit.title if exhibit else "",
            "exhibit_body": exhibit.body if exhibit else "",
            "key": key_text(existing.type, existing.key),
            "slips": slip_lines(existing.slips),
            "loaded": digest(existing),
        }

    def _options(self, data: Any) -> Any:
        rows = [option.model_dump() for option in self.existing.options] if self.existing else []
        taken = {row["code"] for row in rows}
        free = [code for code in "abcdefghijklm" if code not in taken]
        rows += [{"code": code} for code in free[: MOST_OPTIONS - len(rows)]]
        return OptionFormSet(data, initial=rows, prefix="options")

    def is_valid(self) -> bool:
        options_valid = self.options is None or self.options.is_valid()
        return super().is_valid() and options_valid and self._fits()

    def _fits(self) -> bool:
        """Whether a content file could hold it; if not, each error stands at its field."""
        if self.existing and self.cleaned_data["loaded"] != digest(self.existing):
            message = _(
                "Somebody changed this item while you were editing. Nothing is saved. Copy your "
                "text, open the item again and look at theirs."
            )
            self.add_error(None, message)
            return False
        try:
            self.content = ItemContent(**self._content_data())
        except ValidationError as error:
            for detail in error.errors():
                self._place(*located(detail))
            return False
        return True

    def _content_data(self) -> dict[str, Any]:
        said = {name: unix_lines(value) for name, value in self.cleaned_data.items()}
        data = {
            name: said[name]
            for name in ("code", "use", "facet", "level", "discrimination", "seconds", "stem")
        }
        data |= {"type": self.item_type, "explanation": said["explanation"]}
        if said["exhibit_kind"]:
            data["exhibit"] = {
                field: said[f"exhibit_{field}"] for field in ExhibitContent.model_fields
            }
        if self.options is not None:
            data["options"] = [
                {name: unix_lines(value) for name, value in row.cleaned_data.items()}
                for row in self._filled_options()
            ]
        if "key" in said:
            data["key"] = read_key_text(self.item_type, said["key"])
        if said.get("slips"):
            data["slips"] = read_slip_lines(said["slips"])
        for name in ("unit", "decimals", "passage"):
            if said.get(name) not in (None, ""):
                data[name] = said[name]
        if self.existing:
            kept = {"image", "image_text", "reading"}
            data |= self.existing.model_dump(include=kept, exclude_none=True)
        return data

    def _filled_options(self) -> list[forms.Form]:
        """The rows of options that say anything; an emptied row takes its option away."""
        names = ("text", "rationale")
        return [row for row in self.options if any(row.cleaned_data.get(name) for name in names)]

    def _place(self, location: tuple[str | int, ...], message: str) -> None:
        """Show an error of the content at the field of this form that it belongs to."""
        match location:
            case ("options", int(place), str(field)) if field in OptionForm.base_fields:
                self._filled_options()[place].add_error(field, message)
            case ("exhibit", str(field)):
                self.add_error(f"exhibit_{field}", message)
            case (str(field), *_rest) if field in self.fields:
                self.add_error(field, message)
            case _:
                self.add_error(None, message)
