"""The kit that every screen is built of.

text       Heading("Today"), SectionTitle("People"), BodyText("…", soft=True), Caption("Saved 14:02"),
           WrappedText(text, style), TextLabel(text, style) (one line), ElidedLabel(text) (one line, ends in …)
surface    Card(*widgets, name="People").body, Well(*widgets).body, Divider(), ScrollColumn(width_limit=960).body then
           .finish(), SplitPanes(left, middle, right), column(*widgets, gap=…), row(*widgets), boxed(layout, ground=…)
buttons    PrimaryButton("Sign", icon="signature"), SecondaryButton, QuietButton, DangerButton,
           IconButton("printer", "Print this note") (the second is its spoken name and tooltip)
badges     StateBadge(RecordState.SIGNED).show_state(…), Pill("Not yet filed", "archive", Tone.WAITING),
           state_badge(state) -> Badge for a Row
bars       QuietBar().show_notice(Notice(sentence=…, next_step=…, tone=Tone.ALERT, action="retry", action_label="…"));
           acted(str)
empty      EmptyState("users", "No families yet.", "Add a family").acted; BusyState("Opening…")
header     PageHeader("Families", "12 on this laptop", *buttons).show_text(title, subtitle)
fields     FieldRow("Date of birth", control, help_text=…, optional=True).show_problem("…"); LineText(name).edited(str),
           .value(), .show_value(); SearchBox(name); ChoiceBox(name, [(value, words)]).chosen(str); CheckBox(words);
           SecretEdit(name)
segmented  Segmented(name, [("yes", "Yes"), ("no", "No")]).answer_given(str), .show_value("") is not answered
growing    GrowingTextEdit(name, lines=3).edited(), .left(), .replaced(int), .value(), .show_value()
rows       RowList(name).show_rows([Row(id=…, title=…, subtitle=…, meta=…, badge=…)]); opened(str), chosen(str)
private    SensitiveBox(privacy, widget): hidden in in-home view
clean_text clean(text) -> Cleaned(text, replaced)

``show_value`` renders and never emits; ``edited``, ``chosen``, ``answered``, ``answer_given`` are a person's doing.
"""
