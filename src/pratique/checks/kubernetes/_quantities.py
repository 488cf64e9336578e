"""
Compare quantities of resources.

Source: Kubernetes API reference, Quantity.
"""

import re
from decimal import Decimal

_QUANTITY = re.compile(r"([0-9]{1,18}(?:\.[0-9]{1,9})?)(m|k|Ki|M|Mi|G|Gi|T|Ti|P|Pi|E|Ei)?\Z")
_UNITS = {"": Decimal(1), "m": Decimal("0.001")}
_UNITS |= {unit: Decimal(1000) ** power for power, unit in enumerate("kMGTPE", start=1)}
_UNITS |= {f"{unit}i": Decimal(1024) ** power for power, unit in enumerate("KMGTPE", start=1)}


def quantity(text: str) -> Decimal | None:
    """
    Return what a quantity says, None where it says nothing that is understood.

    >>> quantity("1Gi") > quantity("1G"), quantity("500m") < quantity("1"), quantity("lots")
    (True, True, None)
    """
    found = _QUANTITY.match(text)
    return Decimal(found[1]) * _UNITS[found[2] or ""] if found else None
