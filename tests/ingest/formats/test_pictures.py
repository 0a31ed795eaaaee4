"""Pictures are drawn anew: what they look like is kept, what came with them is not (S11)."""

import io
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from bank.errors import RefusedFile, TooLarge
from bank.ingest import Limits, redraw_picture
from bank.ingest.formats.pictures import Picture, picture_from_message
from bank.ingest.reasons import REASONS
from tests.ingest.making_pdfs import pdf
from tests.ingest.making_pictures import SECRETS, corners, encoded, exchanged_profile, flood, page, telling

Draw = Callable[[bytes], Picture]
RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


@pytest.fixture
def draw(tmp_path: Path) -> Draw:
    def act(data: bytes) -> Picture:
        path = tmp_path / "upload"
        path.write_bytes(data)
        return redraw_picture(path)

    return act


def seen(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        return image


def at(picture: Image.Image, across: float, down: float) -> str:
    """The colour that the picture has there."""
    point = picture.convert("RGB").getpixel((int(across * (picture.width - 1)), int(down * (picture.height - 1))))
    assert isinstance(point, tuple)
    return max(zip(point, ("red", "green", "blue"), strict=True))[1]


def refusal(draw: Draw, data: bytes) -> tuple[str, dict[str, object]]:
    """The reason code and its values."""
    with pytest.raises(RefusedFile) as caught:
        draw(data)
    code = next(code for code, sentence in REASONS.items() if sentence == caught.value.sentence)
    return code, dict(caught.value.values)


@pytest.mark.parametrize(("kind", "type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_nothing_that_a_picture_tells_of_who_took_it_where_is_kept(draw: Draw, kind: str, type: str) -> None:
    told = telling(corners(), kind)
    assert all(secret.encode() in told for secret in SECRETS[:2])
    picture = draw(told)
    assert (picture.media_type, picture.width, picture.height) == (type, 400, 200)
    for data in (picture.data, picture.thumbnail):
        assert not any(secret.encode() in data for secret in SECRETS)
        image = seen(data)
        assert dict(image.getexif()) == {}
        assert not {"exif", "xmp", "comment", "icc_profile", "XML:com.adobe.xmp", "Comment"} & {*image.info}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("orientation", "red", "green"), [(1, (0, 0), (1, 0)), (3, (1, 1), (0, 1)), (6, (1, 0), (1, 1))]
)
def test_a_photo_stands_as_its_camera_says(
    draw: Draw, kind: str, orientation: int, red: tuple[int, int], green: tuple[int, int]
) -> None:
    picture = draw(telling(corners(), kind, orientation))
    image = seen(picture.data)
    assert image.size == (picture.width, picture.height) == ((200, 400) if orientation == 6 else (400, 200))
    assert (at(image, *red), at(image, *green)) == ("red", "green")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_large_picture_is_fitted_and_has_a_small_one_beside_it(draw: Draw, kind: str) -> None:
    picture = draw(encoded(corners(6000, 3000), kind))
    assert (picture.width, picture.height) == (2560, 1280) == seen(picture.data).size
    small = seen(picture.thumbnail)
    assert (small.format, small.size) == ("WEBP", (480, 240))
    assert at(small, 0, 0) == "red"


def test_a_photo_of_a_hundred_million_points_is_drawn(draw: Draw) -> None:
    picture = draw(encoded(corners(12000, 9000, "L"), "JPEG"))
    assert (picture.width, picture.height) == (2560, 1920)


@pytest.mark.parametrize("side", [8_000, 11_000, 50_000, 2**31 - 1])
def test_a_flood_of_points_is_refused_by_its_header(draw: Draw, side: int) -> None:
    assert refusal(draw, flood(side)) == ("too_many_pixels", {"limit": 60})
    assert draw(encoded(corners(), "PNG")).width == 400


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_a_picture_that_is_not_complete_is_refused_with_what_to_do(draw: Draw, kind: str, share: float) -> None:
    noisy = Image.frombytes("RGB", (300, 300), random.Random(7).randbytes(270_000))
    data = encoded(noisy, kind)
    assert refusal(draw, data[: int(len(data) * share)]) == ("broken_picture", {})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8\xff",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        pdf(),
        encoded(corners(), "GIF"),
        b"RIFF0000WEBP",
    ],
    ids=["nothing", "three bytes", "svg", "pdf", "gif", "webp head"],
)
def test_what_is_no_picture_is_refused(draw: Draw, data: bytes) -> None:
    assert refusal(draw, data)[0] == "broken_picture"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_a_moving_picture_the_first_is_kept(draw: Draw, kind: str) -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in (RED, GREEN, BLUE)]
    picture = draw(encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100))
    image = seen(picture.data)
    assert getattr(image, "n_frames", 1) == 1
    assert at(image, 0.5, 0.5) == "red"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_was_transparent_stays_so(draw: Draw, kind: str) -> None:
    image = corners(mode="RGBA")
    image.putalpha(Image.new("L", image.size, 0))
    image.paste((255, 0, 0, 255), (0, 0, 50, 50))
    again = seen(draw(encoded(image, kind)).data).convert("RGBA")
    assert again.getpixel((390, 190))[3] == 0  # type: ignore[index]
    assert again.getpixel((10, 10))[3] == 255  # type: ignore[index]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_pictures_of_any_depth_are_drawn(draw: Draw, mode: str) -> None:
    gray = Image.linear_gradient("L").resize((256, 256))
    image = gray.convert("I").point(lambda value: value * 257).convert("I;16") if mode == "I;16" else gray.convert(mode)
    again = seen(draw(encoded(image, "PNG")).data).convert("L")
    first, last = again.getpixel((128, 5)), again.getpixel((128, 250))
    assert isinstance(first, int)
    assert isinstance(last, int)
    assert abs(first - last) > 200


def test_a_picture_for_print_becomes_one_for_screens(draw: Draw) -> None:
    image = seen(draw(encoded(corners().convert("CMYK"), "JPEG")).data)
    assert (image.mode, at(image, 0, 0), at(image, 1, 0)) == ("RGB", "red", "green")


def test_a_large_drawing_becomes_webp(draw: Draw) -> None:
    noise = Image.frombytes("RGB", (1500, 1500), random.Random(7).randbytes(6_750_000))
    picture = draw(encoded(noise, "PNG"))
    assert picture.media_type == "image/webp"
    assert seen(picture.data).size == (1500, 1500)


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_colours_are_as_the_profile_means_them(draw: Draw, mode: str) -> None:
    image = seen(draw(encoded(corners(mode=mode), "PNG", icc_profile=exchanged_profile())).data)
    assert (at(image, 0, 0), at(image, 1, 0), at(image, 1, 1)) == ("green", "red", "blue")
    assert image.mode == mode


def test_damaged_metadata_does_not_lose_a_photo(draw: Draw) -> None:
    for damage in (b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0" + bytes(200), b"nothing"):
        assert draw(encoded(corners(), "JPEG", exif=damage)).width == 400
    assert draw(encoded(corners(), "JPEG", icc_profile=b"no profile" * 30)).width == 400


def test_a_page_is_legible_after_it_was_drawn_anew(draw: Draw) -> None:
    image = seen(draw(encoded(page(["Apartado primero"], (1240, 1754)), "JPEG")).data)
    assert image.size == (1240, 1754)


def test_a_file_over_its_limit_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(encoded(corners(), "PNG"))
    with pytest.raises(TooLarge):
        redraw_picture(path, Limits(max_bytes=100))


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"drawn": 3},
        {"drawn": {"type": "image/jpeg", "width": 10, "height": 10, "data": "no base64!"}},
        {"drawn": {"type": "image/jpeg", "width": 10, "height": 10, "data": "PHN2Zz4="}},
        {"drawn": {"type": "image/svg+xml", "width": 10, "height": 10, "data": "PHN2Zz4="}},
        {"drawn": {"type": "image/jpeg", "width": 10**9, "height": 10, "data": "/9j/4A=="}},
        {"drawn": {"type": "image/jpeg", "width": "10", "height": [], "data": "/9j/4A=="}},
    ],
)
def test_what_a_child_hands_back_is_looked_at(told: dict[str, object]) -> None:
    assert picture_from_message(told, 2560) is None
