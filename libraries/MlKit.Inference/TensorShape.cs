namespace MlKit.Inference;

/// <summary>Arithmetic on shapes that come from outside and may hold anything.</summary>
public static class TensorShape
{
    /// <summary>The number of elements of a shape; 1 for the empty shape of a scalar.</summary>
    /// <exception cref="InferenceException">A dimension is negative, or the product passes 2^31 - 1; the message names the tensor.</exception>
    public static int ElementCount(string tensor, ReadOnlySpan<long> shape)
    {
        long count = 1;
        var empty = false;
        foreach (var dimension in shape)
        {
            if (dimension < 0)
            {
                throw InferenceException.Invalid($"tensor '{tensor}': shape {Format(shape)} has the negative dimension {dimension}");
            }

            empty |= dimension == 0;
            if (!empty && (count > int.MaxValue / dimension))
            {
                throw InferenceException.Invalid($"tensor '{tensor}': shape {Format(shape)} has more than {int.MaxValue} elements");
            }

            count *= empty ? 1 : dimension;
        }

        return empty ? 0 : (int)count;
    }

    /// <summary>The shape as it is written in JSON, for example <c>[2,-1]</c>.</summary>
    public static string Format(ReadOnlySpan<long> shape)
    {
        var text = new System.Text.StringBuilder("[");
        for (var i = 0; i < shape.Length; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(System.Globalization.CultureInfo.InvariantCulture, $"{shape[i]}");
        }

        return text.Append(']').ToString();
    }
}
