from pratique.reports._html_text import Cell, Row, table, text


def test_text_is_bounded_and_harmless():
    """Long strings are cut; quotes cannot end an attribute."""
    assert len(text("x" * 9000)) == 2000
    assert text("\"'\x1b") == "&quot;&#x27;\ufffd"


def test_a_table_names_its_rows_and_columns():
    """Headers say what they head; a key and the words of a filter are quoted attributes."""
    row = Row(
        (Cell("<b>a</b>", key='"1"', heads=True), Cell("2", "Number", look="number")), {"kind": "x"}
    )
    lines = "".join(table("T", ("Name", "Number#"), [row], sortable="plain"))
    assert '<th scope="col" class="number">Number</th>' in lines
    assert '<tr data-kind="x"><th scope="row" data-key="&quot;1&quot;"><b>a</b></th>' in lines
    assert '<td data-label="Number" class="number">2</td>' in lines
