"""The currencies in which a till can sell: the codes and minor units of ISO 4217, and what coins there are.

The cash step is the smallest coin in use, in minor units; an event may say another
(`TillRules.cash_step`): some countries of the euro round to five cents, others do not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_POWERS = (1, 10, 100, 1000)


@dataclass(frozen=True, slots=True)
class Currency:
    """`digits` of the minor unit; `cash_step` and `denominations` (the largest first; empty where this
    program knows none) in minor units."""

    code: str
    digits: int = 2
    cash_step: int = 1
    denominations: tuple[int, ...] = ()

    @property
    def unit(self) -> int:
        """Minor units in one of the currency."""
        return _POWERS[self.digits]


_WITHOUT_MINOR = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_OF_A_THOUSAND = "BHD IQD JOD KWD LYD OMR TND"
_OF_A_HUNDRED = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
    CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF
    IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR
    MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD
    SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER
    ZAR ZMW ZWG
"""

# Code: what notes and coins there are, in the currency itself. The last is the cash step.
_COINS = """
    AED 1000 500 200 100 50 20 10 5 1 .5 .25
    ARS 20000 10000 2000 1000 500 200 100 50 20 10
    AUD 100 50 20 10 5 2 1 .5 .2 .1 .05
    BHD 20 10 5 1 .5 .1 .05 .025 .01 .005
    BRL 200 100 50 20 10 5 2 1 .5 .25 .1 .05 .01
    CAD 100 50 20 10 5 2 1 .25 .1 .05
    CHF 1000 200 100 50 20 10 5 2 1 .5 .2 .1 .05
    CLP 20000 10000 5000 2000 1000 500 100 50 10
    CNY 100 50 20 10 5 1 .5 .1
    COP 100000 50000 20000 10000 5000 2000 1000 500 200 100 50
    CZK 5000 2000 1000 500 200 100 50 20 10 5 2 1
    DKK 1000 500 200 100 50 20 10 5 2 1 .5
    EGP 200 100 50 20 10 5 1 .5 .25
    EUR 500 200 100 50 20 10 5 2 1 .5 .2 .1 .05 .02 .01
    GBP 50 20 10 5 2 1 .5 .2 .1 .05 .02 .01
    HKD 1000 500 100 50 20 10 5 2 1 .5 .2 .1
    HUF 20000 10000 5000 2000 1000 500 200 100 50 20 10 5
    IDR 100000 50000 20000 10000 5000 2000 1000 500 200 100
    ILS 200 100 50 20 10 5 2 1 .5 .1
    INR 500 200 100 50 20 10 5 2 1 .5
    ISK 10000 5000 2000 1000 500 100 50 10 5 1
    JOD 50 20 10 5 1 .5 .25 .1 .05
    JPY 10000 5000 2000 1000 500 100 50 10 5 1
    KES 1000 500 200 100 50 20 10 5 1
    KRW 50000 10000 5000 1000 500 100 50 10
    KWD 20 10 5 1 .5 .25 .1 .05 .02 .01 .005
    MAD 200 100 50 20 10 5 2 1 .5 .2 .1
    MXN 1000 500 200 100 50 20 10 5 2 1 .5 .2 .1 .05
    MYR 100 50 20 10 5 1 .5 .2 .1 .05
    NGN 1000 500 200 100 50 20 10 5
    NOK 1000 500 200 100 50 20 10 5 1
    NZD 100 50 20 10 5 2 1 .5 .2 .1
    OMR 50 20 10 5 1 .5 .1 .05 .025 .01 .005
    PHP 1000 500 200 100 50 20 10 5 1 .25 .05 .01
    PLN 500 200 100 50 20 10 5 2 1 .5 .2 .1 .05 .02 .01
    QAR 500 200 100 50 10 5 1 .5 .25
    RON 500 200 100 50 20 10 5 1 .5 .1 .05 .01
    RSD 5000 2000 1000 500 200 100 50 20 10 5 2 1
    SAR 500 200 100 50 20 10 5 2 1 .5 .25 .1 .05 .01
    SEK 1000 500 200 100 50 20 10 5 2 1
    SGD 1000 100 50 10 5 2 1 .5 .2 .1 .05
    THB 1000 500 100 50 20 10 5 2 1 .5 .25
    TND 50 20 10 5 2 1 .5 .2 .1 .05 .02 .01
    TRY 200 100 50 20 10 5 1 .5 .25 .1 .05 .01
    TWD 2000 1000 500 200 100 50 10 5 1
    UAH 1000 500 200 100 50 20 10 5 2 1 .5 .1
    USD 100 50 20 10 5 2 1 .5 .25 .1 .05 .01
    ZAR 200 100 50 20 10 5 2 1 .5 .2 .1
"""


def _built() -> Iterator[Currency]:
    coins = {line.split()[0]: line.split()[1:] for line in _COINS.strip().splitlines()}
    for digits, codes in ((0, _WITHOUT_MINOR), (2, _OF_A_HUNDRED), (3, _OF_A_THOUSAND)):
        for code in codes.split():
            values = tuple(_minor(text, digits) for text in coins.get(code, ()))
            yield Currency(code, digits, values[-1] if values else 1, values)


def _minor(text: str, digits: int) -> int:
    whole, _, part = text.partition(".")
    return int(whole or "0") * _POWERS[digits] + (int(part.ljust(digits, "0")) if part else 0)


CURRENCIES: Mapping[str, Currency] = {one.code: one for one in _built()}
