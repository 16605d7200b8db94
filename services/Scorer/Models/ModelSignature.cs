using MlKit.Inference;

namespace MlKit.Scorer.Models;

/// <summary>What goes into a model and what comes out, and the check of a request against it.</summary>
internal sealed class ModelSignature(IReadOnlyList<TensorSpec> inputs, IReadOnlyList<TensorSpec> outputs)
{
    private readonly int[] _all = [.. Enumerable.Range(0, outputs.Count)];

    public IReadOnlyList<TensorSpec> Inputs { get; } = inputs;

    public IReadOnlyList<TensorSpec> Outputs { get; } = outputs;

    /// <summary>The inputs in the model's order; null where an optional one is left out.</summary>
    /// <param name="model">Name of the model, for messages.</param>
    /// <param name="given">The inputs of the request.</param>
    /// <param name="maxBatchSize">Largest first dimension, which all inputs share; 0: the model has no batches.</param>
    /// <exception cref="InferenceException">One is missing, unknown, doubled or does not fit.</exception>
    public Tensor[] Bind(string model, IReadOnlyList<Tensor> given, int maxBatchSize)
    {
        var bound = new Tensor[Inputs.Count];
        for (var i = 0; i < given.Count; i++)
        {
            var tensor = given[i];
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

        for (var i = 0; i < bound.Length; i++)
        {
            if (bound[i] is null && !Inputs[i].IsOptional)
            {
                throw Missing(model, bound);
            }
        }

        CheckBatch(model, bound, maxBatchSize);
        return bound;
    }

    /// <summary>Indices of the outputs to compute, in the order asked for; all of them where none is named.</summary>
    public int[] Select(string model, IReadOnlyList<RequestedOutput> wanted)
    {
        if (wanted.Count == 0)
        {
            return _all;
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

        Tensor? first = null;
        foreach (var input in inputs)
        {
            if (input is null)
            {
                continue;
            }

            first ??= input;
            if (input.Shape[0] != first.Shape[0])
            {
                throw Invalid($"input '{input.Name}' has batch size {input.Shape[0]}, input '{first.Name}' {first.Shape[0]}");
            }
        }

        if (first?.Shape[0] > maxBatchSize)
        {
            throw Invalid($"batch size {first.Shape[0]} is above the {maxBatchSize} that model '{model}' takes");
        }
    }

    private InferenceException Missing(string model, Tensor[] bound)
    {
        var missing = Inputs.Where((spec, i) => bound[i] is null && !spec.IsOptional).Select(spec => $"'{spec.Name}'");
        return Invalid($"model '{model}' needs {Inputs.Count(spec => !spec.IsOptional)} inputs; missing: {string.Join(", ", missing)}");
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
