using MlKit.Inference;

namespace MlKit.Scorer.Models;

/// <summary>What goes into a model and what comes out, and the check of a request against it.</summary>
internal sealed class ModelSignature(IReadOnlyList<TensorSpec> inputs, IReadOnlyList<TensorSpec> outputs)
{
    public IReadOnlyList<TensorSpec> Inputs { get; } = inputs;

    public IReadOnlyList<TensorSpec> Outputs { get; } = outputs;

    /// <summary>The inputs in the model's order.</summary>
    /// <exception cref="InferenceException">One is missing, unknown, doubled or does not fit.</exception>
    public Tensor[] Bind(string model, IReadOnlyList<Tensor> given, int maxBatchSize)
    {
        var bound = new Tensor[Inputs.Count];
        foreach (var tensor in given)
        {
            var index = IndexOf(Inputs, tensor.Name);
            if (index < 0)
            {
                throw Invalid($"model '{model}' has no input '{tensor.Name}'; it has {Names(Inputs)}");
            }

            if (bound[index] is not null)
            {
                throw Invalid($"input '{tensor.Name}' is there twice");
            }

            Inputs[index].Check(tensor);
            bound[index] = tensor;
        }

        var missing = Enumerable.Range(0, bound.Length).Where(i => bound[i] is null).Select(i => $"'{Inputs[i].Name}'").ToList();
        if (missing.Count > 0)
        {
            throw Invalid($"model '{model}' needs {Inputs.Count} inputs; missing: {string.Join(", ", missing)}");
        }

        CheckBatch(model, bound, maxBatchSize);
        return bound;
    }

    /// <summary>Indices of the outputs to compute, in the order asked for; all of them where none is named.</summary>
    public int[] Select(string model, IReadOnlyList<RequestedOutput> wanted)
    {
        if (wanted.Count == 0)
        {
            return [.. Enumerable.Range(0, Outputs.Count)];
        }

        var selected = new int[wanted.Count];
        for (var i = 0; i < wanted.Count; i++)
        {
            var index = IndexOf(Outputs, wanted[i].Name);
            if (index < 0)
            {
                throw Invalid($"model '{model}' has no output '{wanted[i].Name}'; it has {Names(Outputs)}");
            }

            if (selected.AsSpan(0, i).Contains(index))
            {
                throw Invalid($"output '{wanted[i].Name}' is asked for twice");
            }

            selected[i] = index;
        }

        return selected;
    }

    private static void CheckBatch(string model, Tensor[] inputs, int maxBatchSize)
    {
        if (maxBatchSize <= 0)
        {
            return;
        }

        var batch = inputs[0].Shape[0];
        foreach (var input in inputs)
        {
            if (input.Shape[0] != batch)
            {
                throw Invalid($"input '{input.Name}' has batch size {input.Shape[0]}, input '{inputs[0].Name}' {batch}");
            }
        }

        if (batch > maxBatchSize)
        {
            throw Invalid($"batch size {batch} is above the {maxBatchSize} that model '{model}' takes");
        }
    }

    private static int IndexOf(IReadOnlyList<TensorSpec> specs, string name)
    {
        for (var i = 0; i < specs.Count; i++)
        {
            if (specs[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    private static string Names(IReadOnlyList<TensorSpec> specs) => string.Join(", ", specs.Select(spec => $"'{spec.Name}'"));

    private static InferenceException Invalid(string message) => new(InferenceErrorKind.InvalidArgument, message);
}
