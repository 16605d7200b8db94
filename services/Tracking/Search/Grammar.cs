using MlKit.Tracking.Http;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Search;

/// <summary>What a name in a filter stands for.</summary>
internal enum FieldKind
{
    TextAttribute,
    NumberAttribute,
    Metric,
    Param,
    Tag,
    Dataset,
    Span,
}

/// <param name="Kind">What it is.</param>
/// <param name="Name">The key, or the column of an attribute.</param>
internal sealed record Field(FieldKind Kind, string Name);

/// <param name="Field">What is compared.</param>
/// <param name="Clause">The comparison, whose comparator and value fit the field.</param>
internal sealed record BoundClause(Field Field, FilterClause Clause);

/// <summary>One search's names: entity words, attributes with their columns, and what may be compared how.</summary>
internal sealed class Grammar
{
    private static readonly Comparator[] OfNumbers =
    [
        Comparator.Equal, Comparator.NotEqual, Comparator.Greater, Comparator.GreaterOrEqual, Comparator.Less,
        Comparator.LessOrEqual,
    ];

    private static readonly Comparator[] OfText =
        [Comparator.Equal, Comparator.NotEqual, Comparator.Like, Comparator.ILike];

    /// <summary>Entity words; the empty one is what names without entity belong to.</summary>
    public required IReadOnlyDictionary<string, FieldKind> Entities { get; init; }

    /// <summary>Attributes by name.</summary>
    public required IReadOnlyDictionary<string, Field> Attributes { get; init; }

    /// <summary>Attributes that an order may name.</summary>
    public required IReadOnlyDictionary<string, Field> OrderAttributes { get; init; }

    /// <summary>Columns of text that IN takes.</summary>
    public IReadOnlyCollection<string> Listable { get; init; } = [];

    /// <summary>Whether IN works for params and tags.</summary>
    public bool PairsInLists { get; init; }

    /// <summary>Keys of data sets, with their columns.</summary>
    public IReadOnlyDictionary<string, string> DatasetKeys { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether IS NULL and IS NOT NULL work for params and tags.</summary>
    public bool NullTests { get; init; }

    /// <summary>Whether RLIKE, a search for a regular expression, works for text.</summary>
    public bool RegularExpressions { get; init; }

    /// <summary>What a field of a span may be compared with; refuses names that are none.</summary>
    public Func<string, IReadOnlyList<Comparator>>? CheckSpan { get; init; }

    /// <summary>Whether attributes that are numbers are compared with whole numbers only.</summary>
    public bool WholeNumbers { get; init; }

    /// <summary>Whether an order may name a field twice; the second time it says nothing.</summary>
    public bool OrdersTwice { get; init; }

    public IReadOnlyList<BoundClause> Bind(string? filter) =>
        [.. FilterParser.ParseFilter(filter).Select(clause => Bind(clause))];

    public IReadOnlyList<(Field Field, bool Descending)> BindOrder(IReadOnlyList<string> items)
    {
        var order = FilterParser.ParseOrder(items)
            .Select(item => (Field: Resolve(item.Identifier, OrderAttributes), item.Descending, item.Identifier)).ToList();
        if (order.FirstOrDefault(item => item.Field.Kind == FieldKind.Dataset).Field is { } dataset)
        {
            throw ApiException.Invalid($"order_by cannot use dataset field '{dataset.Name}'.");
        }

        var twice = order.GroupBy(item => item.Field).FirstOrDefault(group => group.Count() > 1);
        return twice is null || OrdersTwice
            ? [.. order.Select(item => (item.Field, item.Descending))]
            : throw ApiException.Invalid($"order_by contains the field '{twice.First().Identifier}' more than once.");
    }

    private BoundClause Bind(FilterClause clause)
    {
        var field = Resolve(clause.Identifier, Attributes);
        var allowed = Allowed(field);
        if (!allowed.Contains(clause.Comparator))
        {
            throw ApiException.Invalid(
                $"Invalid comparator for '{clause.Identifier}': allowed are {string.Join(", ", allowed.Select(Name))}.");
        }

        CheckValue(field, clause);
        return new BoundClause(field, clause);
    }

    private Field Resolve(FilterIdentifier identifier, IReadOnlyDictionary<string, Field> attributes)
    {
        if (!Entities.TryGetValue(identifier.Entity, out var kind))
        {
            throw ApiException.Invalid(
                $"Invalid entity type '{identifier.Entity}'. Valid entity types are "
                + $"{string.Join(", ", Entities.Keys.Where(key => key.Length > 0))}.");
        }

        return kind switch
        {
            FieldKind.TextAttribute => attributes.GetValueOrDefault(identifier.Key) ?? throw ApiException.Invalid(
                $"Invalid attribute key '{identifier.Key}' specified. Valid keys are {string.Join(", ", attributes.Keys)}."),
            FieldKind.Dataset => new Field(kind, DatasetKeys.GetValueOrDefault(identifier.Key) ?? throw ApiException.Invalid(
                $"Invalid dataset key '{identifier.Key}' specified. Valid keys are {string.Join(", ", DatasetKeys.Keys)}.")),
            _ => new Field(kind, identifier.Key),
        };
    }

    private IReadOnlyList<Comparator> Allowed(Field field)
    {
        if (field.Kind is FieldKind.NumberAttribute or FieldKind.Metric)
        {
            return OfNumbers;
        }

        Comparator[] text = RegularExpressions ? [.. OfText, Comparator.RLike] : OfText;
        return field.Kind switch
        {
            FieldKind.Span => CheckSpan!(field.Name),
            FieldKind.Dataset => [.. text, Comparator.In, Comparator.NotIn],
            FieldKind.Param or FieldKind.Tag when PairsInLists => [.. text, Comparator.In, Comparator.NotIn],
            FieldKind.Param or FieldKind.Tag when NullTests => [.. text, Comparator.IsNull, Comparator.IsNotNull],
            FieldKind.TextAttribute when Listable.Contains(field.Name) => [.. text, Comparator.In, Comparator.NotIn],
            _ => text,
        };
    }

    private void CheckValue(Field field, FilterClause clause)
    {
        var value = clause.Value;
        var isNumber = field.Kind is FieldKind.NumberAttribute or FieldKind.Metric;
        if (isNumber && value.Number is null)
        {
            throw ApiException.Invalid($"Expected a number for '{clause.Identifier}', found the text '{value.Text}'.");
        }

        if (WholeNumbers && field.Kind == FieldKind.NumberAttribute && !double.IsInteger(value.Number!.Value))
        {
            throw ApiException.Invalid($"Expected a whole number for '{clause.Identifier}', found {value.NumberText}.");
        }

        if (!isNumber && value.NumberText is not null)
        {
            throw ApiException.Invalid(
                $"Expected a quoted string value for '{clause.Identifier}' (for example 'my-value'), found {value.NumberText}.");
        }

        if (clause.Comparator == Comparator.RLike && !TextMatch.IsExpression(value.Text!))
        {
            throw ApiException.Invalid($"Invalid regular expression for '{clause.Identifier}': '{value.Text}'.");
        }
    }

    private static string Name(Comparator comparator) => comparator switch
    {
        Comparator.Equal => "=",
        Comparator.NotEqual => "!=",
        Comparator.Greater => ">",
        Comparator.GreaterOrEqual => ">=",
        Comparator.Less => "<",
        Comparator.LessOrEqual => "<=",
        Comparator.NotIn => "NOT IN",
        Comparator.IsNull => "IS NULL",
        Comparator.IsNotNull => "IS NOT NULL",
        _ => comparator.ToString().ToUpperInvariant(),
    };
}
