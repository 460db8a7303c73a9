"""Which letters the bytes of a file are: by its mark, by what a person says, or as UTF-8."""

import codecs
import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ivr import regular_files
from ivr.errors import FileError

_CHUNK = 1 << 16
_LOOKED_AT = 4096  # bytes at the beginning
_MARKS = (  # byte order marks; that of UTF-32 begins like that of UTF-16
    (b"\xff\xfe\x00\x00", "utf-32", "UTF-32"),
    (b"\x00\x00\xfe\xff", "utf-32", "UTF-32"),
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
_NO_TEXT = (
    (b"PK\x03\x04", "a ZIP file, or a workbook (.xlsx, .ods)"),
    (b"\xd0\xcf\x11\xe0", "a workbook (.xls)"),
    (b"\x1f\x8b", "compressed (gzip)"),
    (b"BZh", "compressed (bzip2)"),
    (b"\xfd7zXZ", "compressed (xz)"),
    (b"(\xb5/\xfd", "compressed (zstd)"),
    (b"7z\xbc\xaf", "compressed (7z)"),
    (b"%PDF", "a PDF"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database"),
    (b"<", "a page in HTML or XML"),
)
_KNOWN = {  # as Python calls it: as people do
    "utf-8": "utf-8",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    **{f"cp{number}": f"windows-{number}" for number in range(1250, 1259)},
    **{f"iso8859-{part}": f"iso-8859-{part}" for part in (*range(1, 12), *range(13, 17))},
    "mac-roman": "macintosh",
    **{name: name for name in ("cp437", "cp850", "cp852", "koi8-r", "big5", "gb18030")},
    "shift_jis": "shift_jis",
    "cp932": "windows-31j",
    "euc_kr": "euc-kr",
}
NAMES = tuple(_KNOWN.values())


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file is decoded: `codec` as Python calls it, `shown` as people do.

    `found` says whether the file itself says so; else it is what was asked for, or UTF-8.
    """

    codec: str
    shown: str
    found: bool = False

    @property
    def of_bytes(self) -> bool:
        """Whether each byte is a letter, so that nearly any file can be read so."""
        return self.codec.startswith(("cp", "iso", "mac", "koi"))


def named(name: str) -> str | None:
    """Return the encoding of this name as we write it (`cp1252`: `windows-1252`); None if unknown.

    Only encodings of texts count: Python has others, which unpack and rewrite.
    """
    wanted = name.strip().lower()
    try:
        return _KNOWN.get(codecs.lookup("cp1252" if wanted == "ansi" else wanted).name)
    except (LookupError, ValueError):  # the last for a NUL in the name
        return None


def unknown(name: str) -> str:
    """Say that there is no such encoding, which one may be meant, and which there are."""
    meant = difflib.get_close_matches(name.lower(), NAMES, 1)
    hint = f": is {meant[0]} meant?" if meant else ""
    few = "utf-8, utf-16, windows-1252 (Western Europe), windows-1250 (Central Europe), iso-8859-15"
    return f"the encoding {name[:40]!r} is not known{hint or f': write one like {few}'}"


def encoding_of(file: BinaryIO, path: Path, asked: str = "") -> Encoding:
    """Return how the file is to be decoded; it is left at its beginning.

    Raises FileError for what is no text.
    `asked` is one of NAMES. A mark at the beginning counts before it: nobody else begins a file so.
    """
    head = file.read(_LOOKED_AT)
    file.seek(0)
    for begin, what in _NO_TEXT:
        if head.startswith(begin):
            raise FileError(path, None, f"this is {what}, no text: save it as CSV, in UTF-8")
    for mark, codec, shown in _MARKS:
        if head.startswith(mark):
            if codec == "utf-32":
                raise FileError(path, None, "this is UTF-32: save it as UTF-8")
            return Encoding(codec, shown, found=True)
    asked = asked or "utf-8"
    if asked == "utf-16":
        asked = "utf-16-be" if head[:1] == b"\0" else "utf-16-le"
    return Encoding(
        "utf-8-sig" if asked == "utf-8" else codecs.lookup(_codec(asked)).name,
        shown_as(asked),
    )


def shown_as(name: str) -> str:
    """Return an encoding's name as pages write it: `UTF-8`, `Windows-1252`."""
    return name.upper() if name.startswith(("utf", "iso")) else name.capitalize()


def undecodable(path: Path, encoding: Encoding) -> FileError:
    """Say in which line a file stops being what it is read as, and what to try."""
    line = _first_bad_line(path, encoding.codec)
    if encoding.codec == "utf-8-sig" and not encoding.found:
        wide = _without_mark(path)
        option = f"--encoding {wide or 'windows-1252'}"
        whose = "it looks like that" if wide else "Excel writes it in Western Europe"
        return FileError(
            path,
            line,
            f"not UTF-8: save the file as UTF-8, or try {option} ({whose})",
        )
    return FileError(
        path,
        line,
        f"not {encoding.shown}: is it cut off, or is another --encoding right?",
    )


def with_nul(path: Path, line: int) -> FileError:
    """Say that there is a NUL byte, and whether the file looks like UTF-16."""
    wide = _without_mark(path)
    hint = f"it looks like UTF-16: try --encoding {wide}" if wide else "this is no text file"
    return FileError(path, line, f"there is a NUL byte: {hint}, or save it as CSV in UTF-8")


def is_utf8_too(path: Path) -> bool:
    """Say whether the file has letters beyond ASCII and is UTF-8 throughout: no accident.

    Read as an encoding of bytes, each of these letters becomes two or three others.
    """
    decoder, beyond = codecs.getincrementaldecoder("utf-8")(), False
    with open(regular_files.opened(path), "rb") as file:  # noqa: PTH123 - a descriptor
        try:
            while chunk := file.read(_CHUNK):
                beyond = beyond or not chunk.isascii()
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return beyond


def _codec(name: str) -> str:
    return next(codec for codec, known in _KNOWN.items() if known == name)


def _without_mark(path: Path) -> str:
    """Return which UTF-16 the file looks like, if any: every second byte of Latin text is NUL."""
    with open(regular_files.opened(path), "rb") as file:  # noqa: PTH123 - a descriptor
        head = file.read(_LOOKED_AT)
    half = len(head) // 2
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if half and head[first::2].count(0) > 0.7 * half and head[1 - first :: 2].count(0) == 0:
            return name
    return ""


def _first_bad_line(path: Path, codec: str) -> int | None:
    """Return where decoding ends. Who reads a file decodes ahead, and so cannot say."""
    decoder, line = codecs.getincrementaldecoder(codec)(), 1
    with open(regular_files.opened(path), "rb") as file:  # noqa: PTH123 - a descriptor
        while chunk := file.read(_CHUNK):
            before = decoder.getstate()
            try:
                line += decoder.decode(chunk).count("\n")
            except UnicodeDecodeError:
                decoder.setstate(before)
                return line + _lines_before(decoder, chunk)
    return line


def _lines_before(decoder: codecs.IncrementalDecoder, chunk: bytes) -> int:
    lines = 0
    for n in range(len(chunk)):
        try:
            lines += decoder.decode(chunk[n : n + 1]).count("\n")
        except UnicodeDecodeError:
            break
    return lines
