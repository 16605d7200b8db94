namespace MlKit.Inference.Rest;

/// <summary>HTTP headers of the protocol.</summary>
public static class RestHeaders
{
    /// <summary>Bytes of JSON in front of the binary tensors; counts the uncompressed body.</summary>
    public const string InferenceHeaderLength = "Inference-Header-Content-Length";

    /// <summary>Media type of a body that is JSON only. It has no charset: KServe's client compares it literally.</summary>
    public const string Json = "application/json";

    /// <summary>Media type of a body with binary tensors.</summary>
    public const string Binary = "application/octet-stream";
}
