using MlKit.Inference;

namespace MlKit.Scorer.Configuration;

/// <summary>One tensor in two shapes with the same elements: the one that clients see and the model's own.</summary>
internal sealed class TensorReshape
{
    private readonly long[] _clients;
    private readonly long[] _models;

    /// <param name="name">Name of the tensor.</param>
    /// <param name="clients">What clients see, the batch included; -1: any size.</param>
    /// <param name="models">What the model has, the batch included. Its dimensions of any size are the clients', in their order.</param>
    /// <exception cref="FormatException">The two cannot hold the same elements; the message has both.</exception>
    public TensorReshape(string name, long[] clients, long[] models)
    {
        (_clients, _models) = (clients, models);
        if (!Products(clients).SequenceEqual(Products(models)))
        {
            throw new FormatException(
                $"'{name}' is configured with shape {TensorShape.Format(clients)} and reshape {TensorShape.Format(models)}, the batch included; "
                + "both must have as many dimensions of any size, and as many elements before, between and after them");
        }
    }

    public Tensor ToModel(Tensor tensor) => Change(tensor, _clients, _models);

    public Tensor ToClient(Tensor tensor) => Change(tensor, _models, _clients);

    private static Tensor Change(Tensor tensor, long[] from, long[] to)
    {
        if (tensor.Shape.Length != from.Length)
        {
            throw new InferenceException(
                InferenceErrorKind.Internal, $"'{tensor.Name}' has shape {TensorShape.Format(tensor.Shape.AsSpan())}, the configuration says {TensorShape.Format(from)}");
        }

        var sizes = new Queue<long>(tensor.Shape.Where((_, i) => from[i] < 0));
        return new Tensor(tensor.Name, tensor.DataType, [.. to.Select(size => size < 0 ? sizes.Dequeue() : size)], tensor.Data);
    }

    /// <summary>Elements before, between and after the dimensions of any size.</summary>
    private static List<long> Products(long[] shape)
    {
        var products = new List<long> { 1 };
        foreach (var size in shape)
        {
            if (size < 0)
            {
                products.Add(1);
            }
            else
            {
                products[^1] *= size;
            }
        }

        return products;
    }
}
