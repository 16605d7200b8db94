using CsCheck;

namespace MlKit.Tests.Search;

/// <summary>What filters of one search may say: its fields, and how they are compared.</summary>
/// <param name="Texts">Fields of text, with the comparators that they take.</param>
/// <param name="Numbers">Fields of numbers.</param>
internal sealed record SampleGrammar(IReadOnlyDictionary<string, string[]> Texts, string[] Numbers)
{
    public static readonly string[] Plain = ["=", "!=", "LIKE", "ILIKE"];
    public static readonly string[] Listed = [.. Plain, "IN", "NOT IN"];
    public static readonly string[] Testable = [.. Plain, "IS NULL", "IS NOT NULL"];

    /// <summary>Few values, so that filters and samples often meet.</summary>
    public static readonly string[] Values = ["a", "A", "ab", "b", "ba%", "a_b", "é", "1"];

    private static readonly string[] Patterns = ["%", "a%", "%b", "_", "a_b", "%A%", "__%", "é"];
    private static readonly string[] OfNumbers = ["=", "!=", ">", ">=", "<", "<="];

    /// <summary>One to three clauses.</summary>
    public Gen<EntityClause[]> Filters(double[] numbers) => Clause(numbers).Array[1, 3];

    private Gen<EntityClause> Clause(double[] numbers)
    {
        var texts = OneOf(Texts.Keys.ToArray()).SelectMany(field => OneOf(Texts[field]).SelectMany(
            comparator => OneOf(comparator is "LIKE" or "ILIKE" ? Patterns : Values).Select(
                text => new EntityClause(field, false, comparator, text, 0))));
        return Numbers.Length == 0
            ? texts
            : Gen.OneOf(texts, Gen.Select(
                OneOf(Numbers), OneOf(OfNumbers), OneOf(numbers),
                (field, comparator, number) => new EntityClause(field, true, comparator, "", number)));
    }

    private static Gen<T> OneOf<T>(T[] items) => Gen.Int[0, items.Length - 1].Select(index => items[index]);
}
