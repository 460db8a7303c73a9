"""Digits behind the point of currencies (ISO 4217)."""

_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_DIGITS = {**dict.fromkeys(_NONE.split(), 0), **dict.fromkeys(_THREE.split(), 3)}


def digits(currency: str) -> int:
    """How many there are; 2 for most."""
    return _DIGITS.get(currency, 2)
