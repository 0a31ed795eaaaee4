"""The text of a page as it is shown."""

from bank.web.leaf import leaf_blocks

TEXT = "Ficha\n\nNombre | Huertos\nObjetivos | Abrir\n- Reunir\nFecha | 2020\n\nFin del texto\n\notra línea"


def test_rows_between_bars_are_a_table_and_the_rest_stays_text() -> None:
    first, table, last = leaf_blocks(TEXT, "docx")
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Nombre", "Huertos"],
        ["Objetivos", "Abrir\n- Reunir"],
        ["Fecha", "2020"],
    ]
    assert (first.text.text.strip(), first.rows) == ("Ficha", ())
    assert last.text.text == "Fin del texto\n\notra línea"


def test_marks_stay_on_their_words() -> None:
    marks = [(TEXT.index("Reunir"), TEXT.index("Reunir") + 6), (TEXT.index("texto"), TEXT.index("texto") + 5)]
    blocks = leaf_blocks(TEXT, "markdown", marks)
    cells = [cell for block in blocks for row in block.rows for cell in row] + [blocks[-1].text]
    assert [cell.text[start:end] for cell in cells for start, end in cell.marks] == ["Reunir", "texto"]


def test_rows_of_unequal_length_are_filled_up() -> None:
    [table] = leaf_blocks("a | b | c\nd | e", "docx")
    assert [len(row) for row in table.rows] == [3, 3]


def test_a_bar_in_a_pdf_is_a_bar() -> None:
    assert [block.rows for block in leaf_blocks("a | b\nc | d", "pdfium")] == [()]
