"""Small files that tests bring to a bank."""

import os
from collections.abc import Sequence
from pathlib import Path

WORDS = (
    "huertos escolares en los patios de las escuelas públicas",
    "presupuesto participativo con niñas y niños del barrio",
    "bibliotecas abiertas por la tarde para personas mayores",
    "camino escolar seguro con comerciantes y familias",
    "murales comunitarios pintados por jóvenes de la ciudad",
)


def markdown(
    folder: Path,
    name: str,
    *,
    title: str,
    front: str = "",
    sections: Sequence[tuple[str, str]] = (),
    language: str = "es",
) -> Path:
    """A Markdown file with front matter; each section is a page."""
    folder.mkdir(parents=True, exist_ok=True)
    body = "\n\n".join(f"## {heading}\n\n{text}" for heading, text in sections)
    path = folder / name
    path.write_text(f"---\ntitle: {title!r}\nlanguage: {language}\n{front}\n---\n\n{body}\n", encoding="utf-8")
    return path


def experience(folder: Path, number: int) -> Path:
    """A fictional experience that no other number has the same words as."""
    words = WORDS[number % len(WORDS)]
    front = f"kind: experience\nyear: {2010 + number % 15}\nthemes: [medio-ambiente]\nprinciples: [{1 + number % 20}]"
    text = f"La experiencia muestra{number} trata de {words}. Participaron {number + 10} familias de Villa Ejemplo."
    sections = [("Presentación", text), ("Resultados", f"El resultado{number} se midió dos veces.")]
    return markdown(
        folder, f"experiencia-{number:03}.md", title=f"Experiencia ficticia {number}", front=front, sections=sections
    )


def experiences(folder: Path, count: int) -> Path:
    """A folder of `count` experiences."""
    for number in range(count):
        experience(folder, number)
    return folder


def aged(path: Path) -> None:
    """Makes a file older than a day."""
    day_ago = path.stat().st_mtime - 25 * 3600
    os.utime(path, (day_ago, day_ago))
