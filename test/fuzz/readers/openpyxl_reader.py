#!/usr/bin/python3
"""An independent reader in a process of its own: a path a line comes in, a JSON document a line goes out. What it cannot read it says."""
import datetime
import json
import math
import sys
import warnings

from openpyxl import load_workbook

warnings.simplefilter("ignore")


def plain(value):
    if isinstance(value, (datetime.datetime, datetime.date)):
        return {"date": value.strftime("%Y-%m-%dT%H:%M:%S")}
    if isinstance(value, (datetime.time, datetime.timedelta)):
        return {"bad": "time"}
    if isinstance(value, float) and not math.isfinite(value):
        return {"bad": str(value)}
    return value if isinstance(value, (str, int, float, bool)) else {"bad": str(value)}


def read(path):
    values = load_workbook(path, data_only=True)
    formulas = load_workbook(path)
    sheets = {}
    for ws in values.worksheets:
        cells = sheets.setdefault(ws.title, {})
        for row in ws.iter_rows():
            for cell in row:
                if cell.value is not None:
                    is_error = cell.data_type == "e"
                    cells[cell.coordinate] = {"value": {"error": str(cell.value)} if is_error else plain(cell.value)}
    for ws in formulas.worksheets:
        cells = sheets.setdefault(ws.title, {})
        for row in ws.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    text = getattr(cell.value, "text", cell.value)
                    known = cells.setdefault(cell.coordinate, {})
                    known["formula"] = text[1:] if isinstance(text, str) and text.startswith("=") else ""
    return {"date1904": values.epoch.year == 1904, "sheets": sheets}


for line in sys.stdin:
    try:
        answer = read(line.rstrip("\n"))
    except RecursionError:
        answer = {"fails": "RecursionError"}
    except Exception as error:
        answer = {"fails": f"{type(error).__name__}: {error}"}
    json.dump(answer, sys.stdout, ensure_ascii=True)
    sys.stdout.write("\n")
    sys.stdout.flush()
