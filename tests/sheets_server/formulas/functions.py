"""Every function that the test server knows."""

from tests.sheets_server.formulas import dates, logic, lookups, numbers, places, texts
from tests.sheets_server.formulas.evaluation import Functions

FUNCTIONS = Functions(
    lazy={**logic.LAZY, **lookups.LAZY, **places.LAZY},
    mapped={**logic.MAPPED, **texts.MAPPED, **numbers.MAPPED, **dates.MAPPED},
    whole={**texts.WHOLE, **numbers.WHOLE, **lookups.WHOLE, **places.WHOLE},
)
