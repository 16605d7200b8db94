namespace MlKit.Bench.Scorer.Scenarios;

/// <summary>Prints rows as the documents show them.</summary>
internal static class Table
{
    public static void Head(string title, params string[] columns)
    {
        Console.WriteLine($"## {title}\n");
        Row(columns);
        Console.WriteLine(string.Concat(Enumerable.Repeat("|---", columns.Length)) + "|");
    }

    public static void Row(params string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");
}
