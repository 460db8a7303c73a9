"""The lab's signer: what it makes is what the standards say, and is bad in exactly one way."""

import base64
import json
import stat
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from ivr.lab.stir_shaken import BAD, GOOD, Authority, Kind, another, digits, headers

URL = "http://127.0.0.1:8088/static/carrier.pem"
CALLER, DIALLED, NOW = "+442079460001", "1000", 1_700_000_000.7


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    made = Authority(tmp_path_factory.mktemp("lab") / "authority", URL)
    made.ensure()
    return made


def certificate(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def parts(identity: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and payload of a PASSporT."""
    header, payload, _ = identity.split(";", maxsplit=1)[0].split(".")
    return json.loads(decoded(header)), json.loads(decoded(payload))


def verify(authority: Authority, identity: str) -> None:
    """Raises InvalidSignature unless the certificate's key signed it."""
    signed, _, signature = identity.split(";", maxsplit=1)[0].rpartition(".")
    raw = decoded(signature)
    key = certificate(authority.certificate).public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    both = utils.encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    key.verify(both, signed.encode(), ec.ECDSA(hashes.SHA256()))


# The certificates ------------------------------------------------------------------------------------


def test_the_root_signed_the_carriers_certificate(authority: Authority) -> None:
    root, carrier = certificate(authority.root), certificate(authority.certificate)
    carrier.verify_directly_issued_by(root)
    root.verify_directly_issued_by(root)
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert not carrier.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_the_certificate_says_for_which_provider_it_is(authority: Authority) -> None:
    oid = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.26")
    value = certificate(authority.certificate).extensions.get_extension_for_oid(oid).value
    assert isinstance(value, x509.UnrecognizedExtension)
    assert value.value == b"\x30\x08\xa0\x06\x16\x04LAB1"


def test_nobody_else_can_read_the_key_and_the_roots_is_kept_nowhere(authority: Authority) -> None:
    assert stat.S_IMODE(authority.key.stat().st_mode) == 0o600
    assert sorted(path.name for path in authority.folder.iterdir()) == ["carrier.key", "carrier.pem", "root.pem"]
    assert b"PRIVATE" not in authority.certificate.read_bytes() + authority.root.read_bytes()


def test_certificates_stay_the_same_while_they_are_complete(tmp_path: Path) -> None:
    authority = Authority(tmp_path, URL)
    authority.ensure()
    first = authority.certificate.read_bytes()
    authority.ensure()
    assert authority.certificate.read_bytes() == first
    authority.root.unlink()
    authority.ensure()
    certificate(authority.certificate).verify_directly_issued_by(certificate(authority.root))


# The Identity header ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_one_is_signed_for_this_call(authority: Authority, kind: Kind) -> None:
    identity = authority.identity(kind, CALLER, DIALLED, now=NOW)
    verify(authority, identity)
    header, payload = parts(identity)
    assert header == {"alg": "ES256", "ppt": "shaken", "typ": "passport", "x5u": URL}
    assert payload.pop("origid")
    assert payload == {
        "attest": kind, "dest": {"tn": ["1000"]}, "iat": int(NOW), "orig": {"tn": "442079460001"},
    }  # fmt: skip
    assert identity.split(";")[1:] == [f"info=<{URL}>", "alg=ES256", "ppt=shaken"]


@pytest.mark.parametrize("part", [0, 1])
def test_keys_are_in_order_without_blanks(authority: Authority, part: int) -> None:
    text = decoded(authority.identity("A", CALLER, DIALLED).split(".")[part]).decode()
    values = json.loads(text)
    assert list(values) == sorted(values)
    assert " " not in text


@pytest.mark.parametrize("kind", ["expired", "other-number"])
def test_some_bad_ones_are_signed_well(authority: Authority, kind: Kind) -> None:
    verify(authority, authority.identity(kind, CALLER, DIALLED))


@pytest.mark.parametrize("kind", ["forged", "corrupted", "unsigned"])
def test_the_others_are_not(authority: Authority, kind: Kind) -> None:
    with pytest.raises(InvalidSignature):
        verify(authority, authority.identity(kind, CALLER, DIALLED))


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_one_is_bad_in_one_way(authority: Authority, kind: Kind) -> None:
    """Otherwise a test of it would show nothing."""
    good, bad = (parts(authority.identity(each, CALLER, DIALLED, now=NOW)) for each in (GOOD[0], kind))
    for _, payload in (good, bad):
        del payload["origid"]
    differs = {key for side in (0, 1) for key in good[side] if good[side][key] != bad[side][key]}
    assert differs == {
        "expired": {"iat"}, "forged": set(), "corrupted": {"dest"}, "unsigned": {"alg"}, "other-number": {"orig"},
    }[kind]  # fmt: skip


def test_the_time_is_now_unless_it_is_said(authority: Authority) -> None:
    _, payload = parts(authority.identity("A", CALLER, DIALLED))
    _, expired = parts(authority.identity("expired", CALLER, DIALLED))
    assert 3590 < payload["iat"] - expired["iat"] < 3610


def test_the_certificate_may_be_said_to_be_elsewhere(authority: Authority) -> None:
    header, _ = parts(authority.identity("A", CALLER, DIALLED, x5u="http://127.0.0.1:1/x"))
    assert header["x5u"] == "http://127.0.0.1:1/x"


def test_numbers_and_lines_of_sip() -> None:
    assert digits("+44 20 7946-0001") == "442079460001"
    assert another("1000") != "1000"
    assert another("1001") != "1001"
    assert headers("x;y", 0.0) == "Identity: x;y\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n"
