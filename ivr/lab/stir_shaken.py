"""The lab's own STIR/SHAKEN authority: a root, a carrier's certificate, and a signer of good and bad caller IDs.

The lab's carrier signs good calls itself. Asterisk cannot sign badly, so what a forger sends is made here: an
Identity header (RFC 8224) with a PASSporT (RFC 8225, RFC 8588), sent by SIPp from the carrier's address.
"""

import base64
import datetime as dt
import email.utils
import json
import secrets
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.x509.oid import NameOID

from ivr import private_files

Kind = Literal["A", "B", "C", "expired", "forged", "corrupted", "unsigned", "other-number"]
GOOD: tuple[Kind, ...] = ("A", "B", "C")
BAD: tuple[Kind, ...] = tuple(kind for kind in get_args(Kind) if kind not in GOOD)
EXPIRED_SECONDS = 3600  # how old an expired PASSporT is; Asterisk takes none that is older than 15 s

_TN_AUTHORIZATION_LIST = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.26")  # RFC 8226 section 9
_PROVIDER_CODE = b"LAB1"
_VALID = dt.timedelta(days=3650)
_BACKDATED = dt.timedelta(days=1)  # a clock that is set back does not make the certificates invalid


@dataclass(frozen=True, slots=True)
class Authority:
    """The authority of one lab: files in `folder`; `url` is where the carrier serves its certificate."""

    folder: Path
    url: str

    @property
    def root(self) -> Path:
        """The certificate that the PBX trusts. Its key is thrown away: it signs once."""
        return self.folder / "root.pem"

    @property
    def certificate(self) -> Path:
        """The carrier's certificate, signed by the root."""
        return self.folder / "carrier.pem"

    @property
    def key(self) -> Path:
        """The carrier's private key."""
        return self.folder / "carrier.key"

    def ensure(self) -> None:
        """Make the files, unless they are all there."""
        if all(path.is_file() for path in (self.root, self.certificate, self.key)):
            return
        private_files.folder(self.folder)
        root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        root = _root(root_key)
        private_files.write(self.root, root.public_bytes(serialization.Encoding.PEM))
        certificate = _carrier(key.public_key(), root, root_key)
        private_files.write(self.certificate, certificate.public_bytes(serialization.Encoding.PEM))
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        private_files.write(self.key, pem)  # Asterisk signs with no key that others may read

    def identity(
        self, kind: Kind, caller: str, dialled: str, *, x5u: str | None = None, now: float | None = None
    ) -> str:
        """The value of an Identity header for a call of `caller` to `dialled`.

        `A`, `B` and `C` are good. `expired` was signed an hour ago, `forged` by a key that is not the certificate's,
        `corrupted` has another payload than was signed, `unsigned` says that it needs no signature, `other-number` is
        good for another caller. `x5u` is another place for the certificate, `now` another time (Unix seconds).
        """
        signed_at = int(time.time() if now is None else now) - (EXPIRED_SECONDS if kind == "expired" else 0)
        x5u = x5u or self.url
        algorithm = "none" if kind == "unsigned" else "ES256"
        header = {"alg": algorithm, "ppt": "shaken", "typ": "passport", "x5u": x5u}
        payload = {
            "attest": kind if kind in GOOD else "A",
            "dest": {"tn": [digits(dialled)]},
            "iat": signed_at,
            "orig": {"tn": another(digits(caller)) if kind == "other-number" else digits(caller)},
            "origid": str(uuid.UUID(bytes=secrets.token_bytes(16), version=4)),
        }
        signed = f"{_part(header)}.{_part(payload)}"
        key = ec.generate_private_key(ec.SECP256R1()) if kind == "forged" else self._private_key()
        signature = "" if kind == "unsigned" else _signature(key, signed)
        if kind == "corrupted":
            signed = f"{_part(header)}.{_part({**payload, 'dest': {'tn': [another(digits(dialled))]}})}"
        return f"{signed}.{signature};info=<{x5u}>;alg={algorithm};ppt=shaken"

    def _private_key(self) -> ec.EllipticCurvePrivateKey:
        key = serialization.load_pem_private_key(self.key.read_bytes(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)  # noqa: S101 - ensure() made it
        return key


def headers(identity: str, now: float | None = None) -> str:
    """An Identity header, and the Date header that Asterisk wants with it, as lines of SIP."""
    return f"Identity: {identity}\r\nDate: {email.utils.formatdate(now, usegmt=True)}\r\n"


def digits(number: str) -> str:
    """A number as PASSporTs have it: digits only (RFC 8224 section 8.3)."""
    return "".join(c for c in number if c in "0123456789#*")


def another(number: str) -> str:
    """A number that is not this one."""
    return number[:-1] + ("1" if number[-1:] != "1" else "2")


def _root(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = _name("Lab root")
    usage = _usage(certificates=True)
    builder = _unsigned(name, name, key.public_key(), x509.BasicConstraints(ca=True, path_length=0), usage)
    return builder.sign(key, hashes.SHA256())


def _carrier(
    key: ec.EllipticCurvePublicKey, root: x509.Certificate, root_key: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    builder = _unsigned(
        _name("SHAKEN Lab carrier"), root.subject, key, x509.BasicConstraints(ca=False, path_length=None),
        _usage(certificates=False),
    )  # fmt: skip
    # A list of one entry, [0] the code of a service provider, which is an IA5String: what SHAKEN allows.
    code = b"\x16" + bytes([len(_PROVIDER_CODE)]) + _PROVIDER_CODE
    entry = b"\xa0" + bytes([len(code)]) + code
    codes = x509.UnrecognizedExtension(_TN_AUTHORIZATION_LIST, b"\x30" + bytes([len(entry)]) + entry)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    builder = builder.add_extension(codes, critical=False).add_extension(issuer, critical=False)
    return builder.sign(root_key, hashes.SHA256())


def _unsigned(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    constraints: x509.BasicConstraints,
    usage: x509.KeyUsage,
) -> x509.CertificateBuilder:
    now = dt.datetime.now(dt.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BACKDATED)
        .not_valid_after(now + _VALID)
        .add_extension(constraints, critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _name(common: str) -> x509.Name:
    return x509.Name([
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "segment-ivr lab"),
        x509.NameAttribute(NameOID.COMMON_NAME, common),
    ])  # fmt: skip


def _usage(*, certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certificates, key_cert_sign=certificates, crl_sign=certificates,
        content_commitment=False, key_encipherment=False, data_encipherment=False, key_agreement=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _part(values: dict[str, Any]) -> str:
    """A part of a PASSporT: keys in alphabetical order, no blanks (RFC 8225 section 9)."""
    return _encoded(json.dumps(values, separators=(",", ":"), sort_keys=True).encode())


def _signature(key: ec.EllipticCurvePrivateKey, signed: str) -> str:
    """As JWTs have it: both numbers, 32 bytes each, in place of their ASN.1 (RFC 7518 section 3.4)."""
    numbers = utils.decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    return _encoded(b"".join(number.to_bytes(32) for number in numbers))


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
