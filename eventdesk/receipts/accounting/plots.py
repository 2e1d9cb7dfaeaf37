"""Plots of the report: bars that read in black and white as well."""

from collections.abc import Sequence

from reportlab.graphics.charts.barcharts import HorizontalBarChart, VerticalBarChart
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor

from eventdesk import i18n
from eventdesk.domain.till.currencies import Currency
from eventdesk.receipts.accounting.lettering import REGULAR, prepare

BAR, GRID = HexColor("#2f5d8a"), HexColor("#c8ccd0")
MOST_LABELS = 14
HEIGHT, ROW = 150, 22
SIZE = 7


def columns(
    labels: Sequence[str], amounts: Sequence[int], currency: Currency, language: str, width: float
) -> Drawing:
    """Upright bars, one a label; of many labels some are shown."""
    prepare()
    chart = VerticalBarChart()
    chart.x, chart.y, chart.width, chart.height = 60, 22, int(width) - 70, HEIGHT - 30
    step = -(-len(labels) // MOST_LABELS)
    chart.categoryAxis.categoryNames = [name if n % step == 0 else "" for n, name in enumerate(labels)]
    chart.categoryAxis.labels.dy = -4
    chart.groupSpacing = 2
    return _drawn(chart, amounts, currency, language, width, HEIGHT)


def rows(
    labels: Sequence[str], amounts: Sequence[int], currency: Currency, language: str, width: float
) -> Drawing:
    """Lying bars, one a label, the first on top."""
    prepare()
    height = ROW * len(labels) + 30
    chart = HorizontalBarChart()
    chart.x, chart.y, chart.width, chart.height = 110, 20, int(width) - 140, height - 26
    chart.categoryAxis.categoryNames = list(labels)
    chart.categoryAxis.reverseDirection = True
    chart.groupSpacing = 6
    return _drawn(chart, amounts, currency, language, width, height)


def _drawn(
    chart: VerticalBarChart | HorizontalBarChart,
    amounts: Sequence[int],
    currency: Currency,
    language: str,
    width: float,
    height: float,
) -> Drawing:
    chart.data = [tuple(amounts)]
    chart.bars[0].fillColor, chart.bars[0].strokeColor = BAR, None
    axis = chart.valueAxis
    axis.valueMin, axis.valueMax = min(0, *amounts), max(*amounts, currency.unit) * 1.05
    axis.labelTextFormat = lambda value: i18n.bare_money(round(value), currency.code, language)
    axis.visibleGrid, axis.gridStrokeColor, axis.gridStrokeWidth = True, GRID, 0.4
    axis.maximumTicks = 6
    for part in (axis, chart.categoryAxis):
        part.labels.fontName, part.labels.fontSize = REGULAR, SIZE
        part.strokeColor, part.strokeWidth = GRID, 0.6
    drawing = Drawing(width, height, initialFontName=REGULAR)
    drawing.add(chart)
    return drawing
