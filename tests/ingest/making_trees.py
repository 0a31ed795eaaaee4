"""PDFs whose trees of pages or of forms are unusual or hostile."""

from tests.ingest.making_pdfs import HELVETICA, PAPER, SHOWN, Parts

LEAF = f"{PAPER}/Contents {{shown}} 0 R/Resources<</Font<</F1 {HELVETICA}>>>>"


def many_pages(count: int) -> bytes:
    """One page that is listed so many times."""
    parts = Parts()
    root, tree, shown = parts.add("<</Type/Catalog/Pages 2 0 R>>"), parts.add(), parts.stream(SHOWN)
    kid = parts.add(f"<</Type/Page/Parent {tree} 0 R{LEAF.format(shown=shown)}>>")
    parts.put(tree, f"<</Type/Pages/Count {count}/Kids[{f'{kid} 0 R ' * count}]>>")
    return parts.file(root)


def told_count(count: int) -> bytes:
    """One page whose tree says that there are `count`."""
    parts = Parts()
    root, tree, shown = parts.add("<</Type/Catalog/Pages 2 0 R>>"), parts.add(), parts.stream(SHOWN)
    kid = parts.add(f"<</Type/Page/Parent {tree} 0 R{LEAF.format(shown=shown)}>>")
    parts.put(tree, f"<</Type/Pages/Count {count}/Kids[{kid} 0 R]>>")
    return parts.file(root)


def deep(levels: int) -> bytes:
    """One page under so many levels of tree."""
    parts = Parts()
    root = parts.add("<</Type/Catalog/Pages 2 0 R>>")
    for level in range(levels):
        parent = f"/Parent {level + 1} 0 R" if level else ""
        parts.add(f"<</Type/Pages/Count 1/Kids[{level + 3} 0 R]{parent}>>")
    shown = levels + 3
    parts.add(f"<</Type/Page/Parent {levels + 1} 0 R{LEAF.format(shown=shown)}>>")
    parts.stream(SHOWN)
    return parts.file(root)


def doubling(levels: int) -> bytes:
    """A tree in which each level lists the next one twice: 2 to the power of `levels` pages."""
    parts = Parts()
    root = parts.add("<</Type/Catalog/Pages 2 0 R>>")
    for level in range(levels):
        parts.add(f"<</Type/Pages/Count {2 ** (levels - level)}/Kids[{level + 3} 0 R {level + 3} 0 R]>>")
    parts.add(f"<</Type/Page{PAPER}>>")
    return parts.file(root)


def cycle() -> bytes:
    """A tree that lists itself."""
    parts = Parts()
    root = parts.add("<</Type/Catalog/Pages 2 0 R>>")
    parts.add("<</Type/Pages/Count 2/Kids[2 0 R 3 0 R]>>")
    parts.add("<</Type/Pages/Parent 2 0 R/Count 1/Kids[2 0 R]>>")
    return parts.file(root)


def forms(bodies: int, content: bytes, closing: bool) -> bytes:
    """A page that draws form 1, which draws form 2, and so on; the last draws the first, or text when `closing`."""
    parts = Parts()
    root, tree = parts.add("<</Type/Catalog/Pages 2 0 R>>"), parts.add()
    box = "/Type/XObject/Subtype/Form/BBox[0 0 595 842]"
    for number in range(bodies):
        following = number + 4 if closing or number + 1 < bodies else 3
        parts.stream(content, f"{box}/Resources<</XObject<</X {following} 0 R>>>>")
    if closing:
        parts.stream(SHOWN, f"{box}/Resources<</Font<</F1 {HELVETICA}>>>>")
    shown = parts.stream(b"/X Do " + SHOWN)
    resources = f"/Resources<</Font<</F1 {HELVETICA}>>/XObject<</X 3 0 R>>>>"
    kid = parts.add(f"<</Type/Page/Parent {tree} 0 R{PAPER}/Contents {shown} 0 R{resources}>>")
    parts.put(tree, f"<</Type/Pages/Count 1/Kids[{kid} 0 R]>>")
    return parts.file(root)
