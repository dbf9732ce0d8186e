"""Form fields: one template for every field, so that label, hint and error are always tied to the input.

Designsystemet ties them together with a script; ours must work without one, so `for`, `id` and `aria-describedby`
are written here, on the server.
"""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()


def _shape(field: BoundField) -> str:
    """What the field looks like: `choices` (radios, tick boxes), `tick` (one box), `hidden` or `plain`."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    return "plain"


def _errors(field: BoundField) -> list[str]:
    """The field's errors. Django's «Dette feltet er påkrevd» is office language: say what to do instead, unless the
    form has words of its own."""
    own = field.field.error_messages.get("required") != type(field.field).default_error_messages.get(
        "required", forms.Field.default_error_messages["required"]
    )
    texts = []
    for error in field.form.errors.as_data().get(field.name, []):
        if error.code == "required" and not own:
            shape = _shape(field)
            texts.append(
                _("Velg det som passer")
                if shape == "choices" or isinstance(field.field, forms.ChoiceField)
                else _("Sett kryss her hvis det stemmer")
                if shape == "tick"
                else _("Skriv noe her")
            )
        else:
            texts.extend(str(m) for m in error.messages)
    return texts


def _options(field: BoundField, invalid: bool) -> list[dict[str, Any]]:
    """One entry per radio or tick box, with its input already written. A field may explain its choices, each in a line
    under it: `option_hints`, by value."""
    rows = []
    hints: dict[str, Any] = getattr(field.field, "option_hints", {})
    for sub in field.subwidgets:
        attrs: dict[str, Any] = {"class": "ds-input"}
        if invalid:
            attrs["aria-invalid"] = "true"
        data = sub.data
        own_id, hint = data["attrs"].get("id", ""), hints.get(str(data["value"]), "")
        if hint:
            attrs["aria-describedby"] = f"{own_id}_hint"
        data["attrs"] = {**data["attrs"], **attrs}
        rows.append(
            {"input": sub.tag(wrap_label=False), "id": own_id, "label": sub.choice_label, "hint": hint}
        )
    return rows


def _input(field: BoundField, described_by: str, invalid: bool, rows: int | None) -> SafeString:
    attrs: dict[str, Any] = {
        "class": " ".join(filter(None, ["ds-input", field.field.widget.attrs.get("class")]))
    }
    if described_by:
        attrs["aria-describedby"] = described_by
    if invalid:
        attrs["aria-invalid"] = "true"
    if isinstance(field.field.widget, forms.Textarea):
        given = str(field.field.widget.attrs.get("rows", "10"))
        # Django's own default of ten is too tall for a phone with its keyboard up.
        attrs["rows"] = rows or (7 if given == "10" else given)
        attrs["cols"] = ""
    return mark_safe(str(field.as_widget(attrs=attrs)).replace(' cols=""', ""))  # noqa: S308 (Django's own markup)


@register.inclusion_tag("forms/_field.html")
def field(
    field: BoundField,
    *,
    label: str = "",
    hint: str = "",
    big: bool = False,
    hide_label: bool = False,
    rows: int | None = None,
    depends: bool = False,
) -> dict[str, Any]:
    """`{% field form.text %}`. `big` makes the label the page's question; `hide_label` keeps it for screen readers only;
    `rows` is the height of a large text field; `depends`: needed after some answers, so it does not say that it may be left.
    Anything else is refused when the template is compiled."""
    shape = _shape(field)
    errors = _errors(field)
    hint = hint or str(field.help_text or "")
    described_by = " ".join(
        filter(None, [f"{field.auto_id}_hint" if hint else "", f"{field.auto_id}_error" if errors else ""])
    )
    context: dict[str, Any] = {
        "field": field,
        "shape": shape,
        "id": field.id_for_label or field.auto_id,
        "hint_id": f"{field.auto_id}_hint",
        "error_id": f"{field.auto_id}_error",
        "label": label or field.label,
        "hint": hint,
        "errors": errors,
        "big": big,
        "hide_label": hide_label,
        "optional": not (field.field.required or depends) and shape != "tick",
        "described_by": described_by,
    }
    if shape == "choices":
        context["options"] = _options(field, bool(errors))
    else:
        context["input"] = _input(field, described_by, bool(errors), rows)
    return context


@register.simple_tag
def hidden_fields(form: forms.BaseForm) -> SafeString:
    """The form's hidden fields, among them `once` (the key that makes a second click harmless)."""
    return mark_safe("".join(str(f) for f in form.hidden_fields()))  # noqa: S308 (Django's own markup)


@register.inclusion_tag("forms/error_summary.html")
def error_summary(*all_forms: forms.BaseForm) -> dict[str, Any]:
    """`{% error_summary form %}` above the form: what is wrong, each line a link to its field. Nothing when all is well."""
    general: list[str] = []
    lines: list[dict[str, str]] = []
    for form in all_forms:
        if form is None or not form.is_bound:
            continue
        general.extend(str(e) for e in form.non_field_errors())
        for bound in form:
            target = bound.id_for_label or bound.auto_id
            if _shape(bound) == "choices":
                first = next(iter(bound.subwidgets), None)
                target = first.id_for_label if first else bound.auto_id
            if _shape(bound) == "hidden":
                general.extend([_("Noe manglet i skjemaet. Prøv en gang til")] if bound.errors else [])
            else:
                lines.extend(
                    {"id": target, "label": str(bound.label), "text": text} for text in _errors(bound)
                )
    return {"general": general, "lines": lines}
