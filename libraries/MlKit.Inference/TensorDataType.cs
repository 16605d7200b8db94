namespace MlKit.Inference;

/// <summary>The element types of the Open Inference Protocol v2, and Triton's BF16.</summary>
public enum TensorDataType
{
    /// <summary>One byte per element, 0 or 1.</summary>
    Bool,

    /// <summary>Unsigned, 1 byte.</summary>
    UInt8,

    /// <summary>Unsigned, 2 bytes.</summary>
    UInt16,

    /// <summary>Unsigned, 4 bytes.</summary>
    UInt32,

    /// <summary>Unsigned, 8 bytes.</summary>
    UInt64,

    /// <summary>Signed, 1 byte.</summary>
    Int8,

    /// <summary>Signed, 2 bytes.</summary>
    Int16,

    /// <summary>Signed, 4 bytes.</summary>
    Int32,

    /// <summary>Signed, 8 bytes.</summary>
    Int64,

    /// <summary>IEEE 754 half precision, 2 bytes; it has no JSON form.</summary>
    Fp16,

    /// <summary>The upper half of an IEEE 754 single, 2 bytes; it has no JSON form.</summary>
    Bf16,

    /// <summary>IEEE 754 single precision, 4 bytes.</summary>
    Fp32,

    /// <summary>IEEE 754 double precision, 8 bytes.</summary>
    Fp64,

    /// <summary>Byte strings of any length; in binary form each has a 4-byte little-endian length in front.</summary>
    Bytes,
}
