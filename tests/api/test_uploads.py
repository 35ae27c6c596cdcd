import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from ninja import File, Router, UploadedFile
from PIL import Image

from django_layers.api import upload_of
from django_layers.errors import RuleViolated
from tests.api.serving import api_of, client_of


def image(image_format="PNG"):
    stream = io.BytesIO()
    Image.new("RGB", (2, 2)).save(stream, image_format)
    return stream.getvalue()


def damaged():
    content = image()
    position = content.index(b"IDAT") + 5
    return content[:position] + b"!" + content[position + 1 :]


def bomb(side):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def upload(content, name="photo.png", *, images_only=True, max_size=100_000):
    file = SimpleUploadedFile(name, content, content_type="text/html")
    return upload_of(file, max_size=max_size, images_only=images_only, part="photo")


@pytest.mark.parametrize(
    ("image_format", "content_type"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("GIF", "image/gif"), ("WEBP", "image/webp")],
)
def test_an_image_is_taken_for_what_its_content_is(image_format, content_type):
    content = image(image_format)

    result = upload(content, "photo.html")

    assert result.content_type == content_type
    assert result.name.startswith("photo.")
    assert not result.name.endswith(".html")
    assert (result.content.read(), result.size) == (content, len(content))


def test_the_name_of_an_image_keeps_an_extension_of_its_format():
    assert upload(image("JPEG"), "a.JPEG").name == "a.JPEG"
    assert upload(image("JPEG"), "a.png").name == "a.jpg"


@pytest.mark.parametrize(
    "content",
    [
        b"no image",
        image()[:40],
        image("BMP"),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        bomb(10_000),
        bomb(20_000),
        damaged(),
    ],
    ids=["text", "truncated", "bmp", "svg", "large", "bomb", "damaged"],
)
def test_what_is_no_image_for_browsers_is_refused(content):
    with pytest.raises(RuleViolated) as refusal:
        upload(content)

    assert (refusal.value.fields, refusal.value.code) == (("photo",), "not_an_image")


@pytest.mark.parametrize("images_only", [True, False])
def test_an_empty_file_is_refused(images_only):
    with pytest.raises(RuleViolated, match="empty"):
        upload(b"", images_only=images_only)


def test_a_file_that_is_too_large_is_refused():
    assert upload(b"12345", images_only=False, max_size=5).size == 5
    with pytest.raises(RuleViolated, match="6 bytes; at most 5"):
        upload(b"123456", images_only=False, max_size=5)


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"%PDF-1.7 ...", "application/pdf"),
        (b"PK\x03\x04...", "application/zip"),
        (b"\x1f\x8b...", "application/gzip"),
        (image(), "image/png"),
        (image("WEBP"), "image/webp"),
        (b"<html>", "application/octet-stream"),
    ],
)
def test_the_type_of_a_file_is_decided_by_its_content(content, content_type):
    assert upload(content, images_only=False).content_type == content_type


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\my report.pdf", "my_report.pdf"),
        ("a;b<c>.txt", "abc.txt"),
        ("page.html", "page.html.bin"),
        ("page.HTML", "page.HTML.bin"),
        ("drawing.svg", "drawing.svg.bin"),
        ("shell.php.txt", "shell.php.txt.bin"),
        (".htaccess", ".htaccess.bin"),
        ("a" * 300 + ".txt", "a" * 76 + ".txt"),
    ],
)
def test_the_name_of_a_file_is_made_harmless(name, safe):
    file = SimpleUploadedFile("x", b"text")
    file._name = name  # Django has cut off folders by now; a file that comes another way may have them

    assert upload_of(file, max_size=10, images_only=False).name == safe


@pytest.mark.parametrize("name", ["..", "/", "", "\x00"])
def test_a_name_of_which_nothing_is_left_becomes_a_plain_one(name):
    file = SimpleUploadedFile("x", b"text")
    file._name = name

    assert upload_of(file, max_size=10, images_only=False).name == "file"


def test_a_file_that_django_keeps_on_disk_is_read_too():
    file = TemporaryUploadedFile("photo.png", "image/png", 0, None)
    file.write(image())
    file.size = len(image())

    result = upload_of(file, max_size=1000, images_only=True)

    assert result.content.read() == image()


def test_an_endpoint_takes_a_file_and_names_the_part_that_is_wrong(settings):
    router = Router()

    @router.post("/photo")
    def set_photo(request, photo: File[UploadedFile]):
        result = upload_of(photo, max_size=1000, images_only=True)
        return [result.name, result.content_type, result.size]

    client = client_of(settings, api_of(router))

    response = client.post("/api/photo", {"photo": SimpleUploadedFile("me.png", image())})
    assert response.json() == ["me.png", "image/png", len(image())]

    response = client.post("/api/photo", {"photo": SimpleUploadedFile("me.png", b"text")})
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, "photo")

    response = client.post("/api/photo", {"picture": SimpleUploadedFile("me.png", image())})
    assert [(e["location"], e["field"]) for e in response.json()["errors"]] == [("file", "photo")]
