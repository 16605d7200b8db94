"""Test vectors of a model: serialized ONNX TensorProto messages, read without the onnx package."""

import json
import pathlib
import struct

import numpy

TYPES = {1: "float32", 2: "uint8", 3: "int8", 4: "uint16", 5: "int16", 6: "int32", 7: "int64", 8: "object", 9: "bool",
         10: "float16", 11: "float64", 12: "uint32", 13: "uint64"}


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def fields(data):
    at = 0
    while at < len(data):
        tag, at = varint(data, at)
        if tag & 7 == 0:
            value, at = varint(data, at)
        else:
            assert tag & 7 == 2, f"wire type {tag & 7}"
            length, at = varint(data, at)
            value, at = data[at:at + length], at + length
        yield tag >> 3, value


def numbers(packed):
    at = 0
    while at < len(packed):
        value, at = varint(packed, at)
        yield value


def tensor(path):
    """Name and values of a TensorProto file."""
    shape, texts, floats, kind, name, raw = [], [], [], 0, "", b""
    for field, value in fields(pathlib.Path(path).read_bytes()):
        if field == 1:
            shape += [value] if isinstance(value, int) else list(numbers(value))
        elif field == 2:
            kind = value
        elif field == 4:
            floats += struct.unpack(f"<{len(value) // 4}f", value)
        elif field == 6:
            texts.append(bytes(value))
        elif field == 8:
            name = value.decode()
        elif field == 9:
            raw = bytes(value)
    if kind == 8:
        return name, numpy.array(texts, dtype=object).reshape(shape)
    if floats:
        return name, numpy.array(floats, dtype="float32").reshape(shape)
    return name, numpy.frombuffer(raw, dtype=TYPES[kind]).reshape(shape)


def sets(folder):
    """Inputs and expected outputs of every data set; a sequence of maps becomes rows in ascending order of its keys."""
    for data in sorted(pathlib.Path(folder).glob("test_data_set_*")):
        inputs = [tensor(path) for path in sorted(data.glob("input_*.pb"))]
        outputs = []
        for path in sorted(data.glob("output_*")):
            if path.suffix == ".pb":
                outputs.append(tensor(path))
            else:
                outputs.append((None, maps(json.loads(path.read_text()))))
        yield inputs, outputs


def maps(content):
    rows = content if isinstance(content, list) else next(value for value in content.values() if isinstance(value, list))
    ordered = [[row[key] for key in sorted(row, key=int)] for row in rows]
    return numpy.array(ordered, dtype="float32")


def same(expected, actual):
    if expected.dtype == object:
        return [bytes(x) for x in expected.ravel()] == [x if isinstance(x, bytes) else str(x).encode() for x in actual.ravel()]
    if expected.shape != actual.shape:
        return False
    if expected.dtype.kind == "f":
        tolerance = 1e-2 if expected.dtype == numpy.float16 else 1e-3
        return numpy.allclose(expected, actual, rtol=tolerance, atol=1e-5)
    return (expected == actual).all()
