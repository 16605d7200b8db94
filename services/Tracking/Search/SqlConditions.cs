namespace MlKit.Tracking.Search;

/// <summary>Writes one comparison of a column with a value.</summary>
internal static class SqlConditions
{
    public static string Text(SqlBuilder sql, string column, FilterClause clause) => clause.Comparator switch
    {
        Comparator.Equal => $"{column} = {sql.Argument(clause.Value.Text)}",
        Comparator.NotEqual => $"{column} <> {sql.Argument(clause.Value.Text)}",
        Comparator.Like => $"text_like({sql.Argument(clause.Value.Text)}, {column})",
        Comparator.ILike => $"text_ilike({sql.Argument(clause.Value.Text)}, {column})",
        Comparator.RLike => $"text_rlike({sql.Argument(clause.Value.Text)}, {column})",
        Comparator.In => $"{column} IN {sql.List(clause.Value.List!)}",
        Comparator.NotIn => $"{column} NOT IN {sql.List(clause.Value.List!)}",
        _ => throw new InvalidOperationException($"{clause.Comparator} is not a comparator of text."),
    };

    public static string Number(SqlBuilder sql, string column, FilterClause clause) =>
        $"{column} {Symbol(clause.Comparator)} {sql.Argument(clause.Value.Number)}";

    /// <summary>NaN is unequal to every number, and neither smaller nor greater than any.</summary>
    public static string Metric(SqlBuilder sql, string value, string isNan, FilterClause clause)
    {
        var condition = Number(sql, value, clause);
        return clause.Comparator == Comparator.NotEqual ? $"({isNan} = 1 OR {condition})" : $"{isNan} = 0 AND {condition}";
    }

    private static string Symbol(Comparator comparator) => comparator switch
    {
        Comparator.Equal => "=",
        Comparator.NotEqual => "<>",
        Comparator.Greater => ">",
        Comparator.GreaterOrEqual => ">=",
        Comparator.Less => "<",
        Comparator.LessOrEqual => "<=",
        _ => throw new InvalidOperationException($"{comparator} is not a comparator of numbers."),
    };
}
