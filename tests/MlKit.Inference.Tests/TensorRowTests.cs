namespace MlKit.Inference.Tests;

/// <summary>Rows become tensors and come back.</summary>
public sealed class TensorRowTests
{
    [Fact]
    public void Every_property_becomes_a_tensor_of_rows_and_comes_back()
    {
        Offer[] rows = [new(7, "Ulm", [1, 2]) { Price = 2.5 }, new(8, "Bönn", [3, 4]) { Price = -1 }];
        var tensors = Offer.ToTensors(rows);
        Assert.Equal(["item_id", "Town", "Features", "Price"], tensors.Select(tensor => tensor.Name));
        Assert.Equal([TensorDataType.Int64, TensorDataType.Bytes, TensorDataType.Fp32, TensorDataType.Fp64], tensors.Select(tensor => tensor.DataType));
        Assert.Equal([2, 2], tensors[2].Shape);
        Assert.Equal([2, 1], tensors[0].Shape);

        var back = Offer.FromTensors(tensors);
        Assert.Equal(rows.Select(row => (row.Id, row.Town, row.Price)), back.Select(row => (row.Id, row.Town, row.Price)));
        Assert.Equal([3f, 4f], back[1].Features);
    }

    [Fact]
    public void No_rows_are_tensors_without_rows() => Assert.All(Offer.ToTensors([]), tensor => Assert.Equal(0, tensor.Count));

    [Fact]
    public void Rows_of_different_lengths_and_missing_tensors_are_refused_by_name()
    {
        Assert.Contains("'Features': row 1 has 1 values, row 0 has 2", Assert.Throws<InferenceException>(() => Offer.ToTensors([new(1, "", [1, 2]), new(2, "", [1])])).Message);
        Assert.Contains("no tensor 'item_id'", Assert.Throws<InferenceException>(() => Offer.FromTensors([])).Message);
    }
}

/// <summary>A row with each kind of property.</summary>
[TensorRow]
public sealed partial record Offer([property: TensorName("item_id")] long Id, string Town, float[] Features)
{
    /// <summary>Set beside the constructor.</summary>
    public double Price { get; init; }
}
