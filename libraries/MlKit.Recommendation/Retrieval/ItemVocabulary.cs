using MlKit.Recommendation.Data;

namespace MlKit.Recommendation.Retrieval;

/// <summary>The items that a model knows, numbered densely by falling number of users.</summary>
public sealed class ItemVocabulary
{
    private readonly int[] _modelIndex;

    private ItemVocabulary(int[] dataIndex, int dataItems)
    {
        DataIndex = dataIndex;
        _modelIndex = new int[dataItems];
        Array.Fill(_modelIndex, -1);
        for (var i = 0; i < dataIndex.Length; i++)
        {
            _modelIndex[dataIndex[i]] = i;
        }
    }

    /// <summary>Number of items that the model knows.</summary>
    public int Count => DataIndex.Length;

    /// <summary>Index into <see cref="DataSet.ItemIds"/> of each item of the model, the item with most users first.</summary>
    public int[] DataIndex { get; }

    /// <summary>The model's index of an item of the data set, or -1 where the model does not know it.</summary>
    public int ModelIndex(int dataItem) => _modelIndex[dataItem];

    /// <summary>Takes the items with most users; equal counts prefer the item that appeared first.</summary>
    public static ItemVocabulary Of(UserHistories histories, int maxItems)
    {
        ArgumentNullException.ThrowIfNull(histories);
        var counts = histories.ItemCounts();
        int[] known =
        [
            .. Enumerable.Range(0, counts.Length)
                .Where(item => counts[item] > 0)
                .OrderByDescending(item => counts[item])
                .Take(maxItems),
        ];
        return new ItemVocabulary(known, counts.Length);
    }
}
