"""Requests about what floats over the grid or hangs on it: charts, bands, metadata."""

import copy

from tests.sheets_server import metadata
from tests.sheets_server.a1 import box_of
from tests.sheets_server.answers import chart_json, with_range
from tests.sheets_server.formats import kept
from tests.sheets_server.grid import Sheet
from tests.sheets_server.kinds_sheets import free_title
from tests.sheets_server.masks import below, overlay
from tests.sheets_server.refusals import Json, invalid
from tests.sheets_server.tasks import Kind, Task


def chart_ids(task: Task) -> set[int]:
    return {int(one["chartId"]) for sheet in task.book.sheets for one in sheet.charts}


def add_chart(task: Task) -> Json:
    chart = kept(copy.deepcopy(task.body.get("chart") or {}))
    if not chart.get("spec"):
        raise invalid(f"{task.where}chart.spec must be specified.")
    number = task.require_new_id(chart.get("chartId"), chart_ids(task), "Chart")
    position = chart.get("position") or {}
    overlay_ = position.get("overlayPosition")
    if position.get("newSheet"):
        sheet = Sheet(
            task.book.new_id(), free_title(task.book).replace("Sheet", "Chart"), 1, 1
        )
        sheet.properties["sheetType"] = "OBJECT"
        task.book.add(sheet)
        chart["position"] = {"sheetId": sheet.id}
    elif overlay_ is not None:
        anchor = overlay_.get("anchorCell") or {}
        sheet = task.sheet(anchor.get("sheetId"))
        # Documented: the size in the reference, when none is given.
        chart["position"] = {
            "overlayPosition": {
                "anchorCell": anchor,
                "widthPixels": 600,
                "heightPixels": 371,
            }
            | overlay_
        }
    else:
        sheet = task.sheet(position.get("sheetId"))
    made = {
        "chartId": number,
        **{name: value for name, value in chart.items() if name != "chartId"},
    }
    sheet.charts.append(made)
    return {"chart": chart_json(made)}


def chart_at(task: Task, number: int | None) -> tuple[Sheet, int]:
    for sheet in task.book.sheets:
        for index, chart in enumerate(sheet.charts):
            if chart["chartId"] == number:
                return sheet, index
    raise invalid(f"{task.where}No chart with id: {number}")


def update_chart_spec(task: Task) -> None:
    sheet, index = chart_at(task, task.body.get("chartId"))
    if not task.body.get("spec"):
        raise invalid(f"{task.where}spec must be specified.")
    sheet.charts[index]["spec"] = kept(copy.deepcopy(task.body["spec"]))


def update_embedded_object_position(task: Task) -> Json:
    sheet, index = chart_at(task, task.body.get("objectId"))
    new, mask = task.body.get("newPosition") or {}, task.mask("OverlayPosition")
    chart = sheet.charts[index]
    old = chart.get("position") or {}
    # The mask begins below overlayPosition, as the reference says.
    if "overlayPosition" in new:
        inner = overlay(old.get("overlayPosition") or {}, new["overlayPosition"], mask)
        chart["position"] = {"overlayPosition": inner}
    else:
        chart["position"] = new
    return {"position": chart_json(chart["position"])}


def delete_embedded_object(task: Task) -> None:
    number = task.body.get("objectId")
    for sheet in task.book.sheets:
        for index, chart in enumerate(sheet.charts):
            if chart["chartId"] == number:
                del sheet.charts[index]
                return
    raise invalid(f"{task.where}No embedded object with id: {number}")


def add_banding(task: Task) -> Json:
    band = kept(copy.deepcopy(task.body.get("bandedRange") or {}))
    sheet, box = task.place_in(band, "range")
    if any(box_of(one["range"]).meets(box) for one in sheet.banded):
        raise invalid(
            f"{task.where}You cannot add alternating background colors to a range that already has alternating background colors."
        )
    used = {
        int(one["bandedRangeId"]) for each in task.book.sheets for one in each.banded
    }
    number = task.require_new_id(band.pop("bandedRangeId", None), used, "Banded range")
    made = {"bandedRangeId": number, **band}
    sheet.banded.append(made)
    return {"bandedRange": with_range(made)}


def update_banding(task: Task) -> None:
    new = kept(task.body.get("bandedRange") or {})
    for sheet in task.book.sheets:
        for index, band in enumerate(sheet.banded):
            if band["bandedRangeId"] == new.get("bandedRangeId"):
                sheet.banded[index] = overlay(band, new, task.mask("BandedRange"))
                return
    raise invalid(f"{task.where}No banded range with id: {new.get('bandedRangeId')}")


def delete_banding(task: Task) -> None:
    number = task.body.get("bandedRangeId")
    for sheet in task.book.sheets:
        for band in sheet.banded:
            if band["bandedRangeId"] == number:
                sheet.banded.remove(band)
                return
    raise invalid(f"{task.where}No banded range with id: {number}")


def add_filter_view(task: Task) -> Json:
    view = copy.deepcopy(task.body.get("filter") or {})
    sheet = task.place_in(view, "range").sheet
    used = {
        int(one["filterViewId"])
        for each in task.book.sheets
        for one in each.filter_views
    }
    number = task.require_new_id(view.pop("filterViewId", None), used, "Filter view")
    made = {
        "filterViewId": number,
        "title": f"Filter {len(sheet.filter_views) + 1}",
        **view,
    }
    sheet.filter_views.append(made)
    return {"filter": with_range(made)}


def update_filter_view(task: Task) -> None:
    new = task.body.get("filter") or {}
    for sheet in task.book.sheets:
        for index, view in enumerate(sheet.filter_views):
            if view["filterViewId"] == new.get("filterViewId"):
                sheet.filter_views[index] = overlay(view, new, task.mask("FilterView"))
                return
    raise invalid(f"{task.where}No filter view with id: {new.get('filterViewId')}")


def delete_filter_view(task: Task) -> None:
    number = task.body.get("filterId")
    for sheet in task.book.sheets:
        for view in sheet.filter_views:
            if view["filterViewId"] == number:
                sheet.filter_views.remove(view)
                return
    raise invalid(f"{task.where}No filter view with id: {number}")


def create_metadata(task: Task) -> Json:
    wanted = task.body.get("developerMetadata") or {}
    return {"developerMetadata": metadata.create(task.book, wanted, task.where)}


def hits(task: Task) -> list[metadata.Hung]:
    """Find what the request's filters match, each piece once."""
    filters = task.body.get("dataFilters") or [task.body.get("dataFilter") or {}]
    every = [
        hung for one in filters for hung in metadata.found(task.book, one, task.where)
    ]
    return list({hung.one.id: hung for hung in every}.values())


def update_metadata(task: Task) -> Json:
    new, mask = task.body.get("developerMetadata") or {}, task.mask("DeveloperMetadata")
    answers = []
    for hung in hits(task):
        now = hung.json()
        now["location"].pop("locationType")
        wanted = {
            name: new.get(name)
            if name != "metadataId" and below(mask, name) is not None
            else now.get(name)
            for name in (
                "metadataId",
                "metadataKey",
                "metadataValue",
                "visibility",
                "location",
            )
        }
        metadata.take_down(task.book, {hung.one.id})
        answers.append(metadata.create(task.book, wanted, task.where))
    return {"developerMetadata": answers} if answers else {}


def delete_metadata(task: Task) -> Json:
    gone = hits(task)
    answers = [hung.json() for hung in gone]
    metadata.take_down(task.book, {hung.one.id for hung in gone})
    return {"deletedDeveloperMetadata": answers} if answers else {}


KINDS: dict[str, Kind] = {
    "addChart": add_chart,
    "updateChartSpec": update_chart_spec,
    "updateEmbeddedObjectPosition": update_embedded_object_position,
    "deleteEmbeddedObject": delete_embedded_object,
    "addBanding": add_banding,
    "updateBanding": update_banding,
    "deleteBanding": delete_banding,
    "addFilterView": add_filter_view,
    "updateFilterView": update_filter_view,
    "deleteFilterView": delete_filter_view,
    "createDeveloperMetadata": create_metadata,
    "updateDeveloperMetadata": update_metadata,
    "deleteDeveloperMetadata": delete_metadata,
}
