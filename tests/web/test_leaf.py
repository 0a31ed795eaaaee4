"""The text of a page as it is shown."""

from bank.web.leaf import leaf_blocks

TEXT = "Ficha\n\nNombre | Huertos\nObjetivos | Abrir\n- Reunir\nFecha | 2020\n\nFin del texto\n\notra línea"


def test_rows_between_bars_are_a_table_and_the_rest_stays_text() -> None:
    first, table, end, last = leaf_blocks(TEXT, "docx")
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Nombre", "Huertos"],
        ["Objetivos", "Abrir\n- Reunir"],
        ["Fecha", "2020"],
    ]
    assert (first.text.text.strip(), first.rows) == ("Ficha", ())
    assert (end.text.text, last.text.text) == ("Fin del texto", "otra línea")


def test_marks_stay_on_their_words() -> None:
    marks = [(TEXT.index("Reunir"), TEXT.index("Reunir") + 6), (TEXT.index("texto"), TEXT.index("texto") + 5)]
    blocks = leaf_blocks(TEXT, "markdown", marks)
    cells = [cell for block in blocks for row in block.rows for cell in row] + [blocks[-2].text]
    assert [cell.text[start:end] for cell in cells for start, end in cell.marks] == ["Reunir", "texto"]


def test_rows_of_unequal_length_are_filled_up() -> None:
    [table] = leaf_blocks("a | b | c\nd | e", "docx")
    assert [len(row) for row in table.rows] == [3, 3]


def test_a_bar_in_a_pdf_is_a_bar() -> None:
    assert [block.rows for block in leaf_blocks("a | b\nc | d", "pdfium")] == [()]


def test_the_label_of_a_part_is_its_heading_and_what_stands_above_it_too() -> None:
    text = "Guía de museos\n\nMuseos vivos\n\nLos museos abren.\n\nMuseos vivos"
    kinds = [block.kind for block in leaf_blocks(text, "markdown", label="Museos vivos")]
    assert kinds == ["heading", "heading", "text", "text"]
    assert [block.kind for block in leaf_blocks(text, "markdown", label="Otra cosa")] == ["text"] * 4
    assert [block.kind for block in leaf_blocks(text, "pdfium", label="Museos vivos")] == ["text"]


def test_items_of_lists_lose_their_bullets_and_numbers_and_keep_their_marks() -> None:
    text = "- Regar por turnos\ncon cuidado\n- Reunir\n\n3. Abrir\n4. Cerrar"
    bullets, numbers = leaf_blocks(text, "docx", [(text.index("Reunir"), text.index("Reunir") + 6)])
    assert (bullets.kind, [item.text for item in bullets.items]) == (
        "bullets",
        ["Regar por turnos\ncon cuidado", "Reunir"],
    )
    assert bullets.items[1].marks == [(0, 6)]
    assert [(item.number, item.text) for item in numbers.items] == [(3, "Abrir"), (4, "Cerrar")]


def test_a_table_of_markdown_is_named_by_its_first_row_and_a_form_of_word_by_its_first_column() -> None:
    assert leaf_blocks("Año | Ciudad | País\n2020 | León | México", "markdown")[0].header == "row"
    assert leaf_blocks("Nombre | Huertos\nFecha | 2020", "docx")[0].header == "column"
    assert leaf_blocks("a | b | c\nd | e | f", "docx")[0].header == ""


def test_a_sentence_flows_over_the_line_ends_of_a_pdf_and_headings_and_lists_keep_theirs() -> None:
    rows = ["Objetivos", "los que la ciudad se ha propuesto para este año y", "el que viene. Después", "- reunir"]
    text = "\n".join([*rows, "- sembrar", "Versos de una línea que no sigue", "Otra"])
    [block] = leaf_blocks(text, "pdfium", [(text.index("viene"), text.index("viene") + 5)])
    assert "este año y el que viene. Después\n- reunir\n- sembrar\nVersos" in block.text.text
    assert block.text.text.startswith("Objetivos\nlos que")
    [(start, end)] = block.text.marks
    assert block.text.text[start:end] == "viene"


def test_lines_that_the_file_marks_are_headings_wherever_they_stand() -> None:
    text = "Guía\n\nMuseos vivos\n\nLos museos abren.\n\nPara familias\n\nTambién de noche."
    blocks = leaf_blocks(text, "docx", label="Museos vivos", headings=(0, 2, 6))
    assert [block.kind for block in blocks] == ["heading", "heading", "text", "heading", "text"]


def test_a_list_inside_another_has_its_own_bullets_or_numbers() -> None:
    text = "- Preparar\n1. Medir\n2. Sembrar\n- Regar\n3. Volver"
    blocks = leaf_blocks(text, "docx")
    assert [block.kind for block in blocks] == ["bullets", "numbers", "bullets", "numbers"]
    assert [[item.number for item in block.items] for block in blocks] == [[None], [1, 2], [None], [3]]


def test_marks_of_many_pieces_are_those_that_lie_in_each() -> None:
    rows = [f"celda{number} | otra{number}" for number in range(200)]
    text = "\n".join(rows)
    marks = [(text.index(f"otra{number}"), text.index(f"otra{number}") + 4) for number in range(200)]
    [table] = leaf_blocks(text, "docx", marks)
    assert all(list(row[0].marks) == [] and list(row[1].marks) == [(0, 4)] for row in table.rows)
