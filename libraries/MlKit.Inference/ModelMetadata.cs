namespace MlKit.Inference;

/// <summary>What a server says about itself.</summary>
/// <param name="Name">Name of the server.</param>
/// <param name="Version">Version of the server.</param>
/// <param name="Extensions">Protocol extensions that it implements.</param>
public sealed record ServerMetadata(string Name, string Version, IReadOnlyList<string> Extensions);

/// <summary>Name, type and shape of an input or output.</summary>
/// <param name="Name">Name of the tensor.</param>
/// <param name="Datatype">Wire name of the element type, for example <c>FP32</c>.</param>
/// <param name="Shape">Dimensions, the batch included; -1 where any size goes.</param>
public sealed record TensorMetadata(string Name, string Datatype, IReadOnlyList<long> Shape);

/// <summary>What a server says about a model.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Versions">Versions that are served.</param>
/// <param name="Platform">Kind of model, for example <c>onnxruntime_onnx</c>.</param>
/// <param name="Inputs">The inputs.</param>
/// <param name="Outputs">The outputs.</param>
/// <param name="Parameters">What the model's author stored in the model file (ONNX <c>metadata_props</c>), and what the scorer adds.</param>
public sealed record ModelMetadata(
    string Name,
    IReadOnlyList<string> Versions,
    string Platform,
    IReadOnlyList<TensorMetadata> Inputs,
    IReadOnlyList<TensorMetadata> Outputs,
    IReadOnlyDictionary<string, string>? Parameters);
