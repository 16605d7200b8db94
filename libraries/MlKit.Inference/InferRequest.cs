namespace MlKit.Inference;

/// <summary>A request for one inference.</summary>
public sealed record InferRequest
{
    /// <summary>Name of the model.</summary>
    public string ModelName { get; init; } = "";

    /// <summary>Version of the model; empty: the server chooses.</summary>
    public string ModelVersion { get; init; } = "";

    /// <summary>Text that the response repeats; null: none.</summary>
    public string? Id { get; init; }

    /// <summary>Parameters of the request: strings, booleans, <see cref="long"/>, <see cref="ulong"/> or <see cref="double"/>.</summary>
    public IReadOnlyDictionary<string, object> Parameters { get; init; } = NoParameters.Instance;

    /// <summary>The input tensors.</summary>
    public required IReadOnlyList<Tensor> Inputs { get; init; }

    /// <summary>The outputs wanted, in this order; empty: all of them.</summary>
    public IReadOnlyList<RequestedOutput> Outputs { get; init; } = [];
}

/// <summary>An output that a request asks for.</summary>
/// <param name="Name">Name of the output tensor.</param>
public sealed record RequestedOutput(string Name)
{
    /// <summary>Parameters of the output, for example <c>binary_data</c> (a boolean).</summary>
    public IReadOnlyDictionary<string, object> Parameters { get; init; } = NoParameters.Instance;
}

/// <summary>The answer to one inference.</summary>
public sealed record InferResponse
{
    /// <summary>Name of the model that answered.</summary>
    public required string ModelName { get; init; }

    /// <summary>Version of the model that answered.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>The id of the request; null where it had none.</summary>
    public string? Id { get; init; }

    /// <summary>The output tensors.</summary>
    public required IReadOnlyList<Tensor> Outputs { get; init; }

    /// <summary>The output of this name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those that are.</exception>
    public Tensor Output(string name) =>
        Outputs.FirstOrDefault(output => output.Name == name)
        ?? throw new KeyNotFoundException($"{ModelName} version {ModelVersion} answered no output '{name}', but {string.Join(", ", Outputs.Select(output => output.Name))}");
}
