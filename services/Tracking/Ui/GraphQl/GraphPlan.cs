using GraphQLParser.AST;

namespace MlKit.Tracking.Ui.GraphQl;

/// <summary>What of a type is to be answered: one selected field, checked against the schema.</summary>
/// <param name="Key">The name in the answer: the alias, or the field's name.</param>
/// <param name="Field">The field; null for <c>__typename</c>.</param>
/// <param name="Syntax">Where the arguments are.</param>
/// <param name="Children">What of the field's value is to be answered.</param>
internal sealed record GraphSelection(string Key, GraphField? Field, GraphQLField Syntax, IReadOnlyList<GraphSelection> Children);

/// <summary>Turns a query into selections; everything that the schema does not know becomes an error.</summary>
internal sealed class GraphPlan
{
    /// <summary>The UI nests eight levels.</summary>
    private const int MostLevels = 16;

    /// <summary>Fragments that name each other several times make a short query endless; the UI selects some hundred fields.</summary>
    private const int MostNodes = 5_000;

    private readonly Dictionary<string, GraphQLFragmentDefinition> _fragments;
    private int _nodes;

    private GraphPlan(GraphQLDocument document)
    {
        _fragments = document.Definitions.OfType<GraphQLFragmentDefinition>()
            .GroupBy(fragment => fragment.FragmentName.Name.StringValue)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
    }

    public List<string> Errors { get; } = [];

    public IReadOnlyList<GraphSelection> Selections { get; private set; } = [];

    public static GraphPlan Of(GraphQLDocument document, string? operationName)
    {
        var plan = new GraphPlan(document);
        var operations = document.Definitions.OfType<GraphQLOperationDefinition>().ToList();
        var operation = string.IsNullOrEmpty(operationName)
            ? operations.Count == 1 ? operations[0] : null
            : operations.Find(candidate => candidate.Name?.StringValue == operationName);
        if (operation is null)
        {
            plan.Errors.Add(string.IsNullOrEmpty(operationName)
                ? "Must provide operation name if query contains multiple operations."
                : $"Unknown operation named '{operationName}'.");
        }
        else if (operation.Operation != OperationType.Query)
        {
            plan.Errors.Add("Schema is not configured to execute mutation operation.");
        }
        else
        {
            plan.Selections = plan.Select(GraphSchema.Query, operation.SelectionSet.Selections, 0);
        }

        return plan;
    }

    private List<GraphSelection> Select(GraphType type, IEnumerable<ASTNode> syntax, int level)
    {
        if (level > MostLevels)
        {
            Errors.Add($"The query is nested more than {MostLevels} levels deep.");
            return [];
        }

        // A field may be selected twice; what is selected of its value is then taken together.
        var selections = new List<GraphSelection>();
        foreach (var same in Fields(syntax, level).GroupBy(field => (field.Alias?.Name ?? field.Name).StringValue))
        {
            var first = same.First();
            var name = first.Name.StringValue;
            if (name == "__typename")
            {
                selections.Add(new GraphSelection(same.Key, null, first, []));
            }
            else if (type.Find(name) is { } field)
            {
                var below = same.SelectMany(item => item.SelectionSet?.Selections ?? []).ToList();
                CheckBelow(field, below.Count > 0);
                selections.Add(new GraphSelection(
                    same.Key, field, first, field.Type is null ? [] : Select(field.Type, below, level + 1)));
            }
            else
            {
                Errors.Add($"Cannot query field '{name}' on type '{type.Name}'.");
            }
        }

        return selections;
    }

    private void CheckBelow(GraphField field, bool hasSelection)
    {
        if (field.Type is null && hasSelection)
        {
            Errors.Add($"Field '{field.Name}' must not have a selection since it has no subfields.");
        }
        else if (field.Type is not null && !hasSelection)
        {
            Errors.Add($"Field '{field.Name}' of type '{field.Type.Name}' must have a selection of subfields.");
        }
    }

    private IEnumerable<GraphQLField> Fields(IEnumerable<ASTNode> syntax, int level)
    {
        if (level > MostLevels)
        {
            yield break;
        }

        foreach (var node in syntax)
        {
            if (++_nodes > MostNodes)
            {
                NoteTooLarge();
                yield break;
            }

            if (node is GraphQLField field)
            {
                yield return field;
                continue;
            }

            foreach (var below in Fields(Fragment(node), level + 1))
            {
                yield return below;
            }
        }
    }

    private void NoteTooLarge()
    {
        var error = $"The query selects more than {MostNodes} fields, fragments counted as often as they are used.";
        if (!Errors.Contains(error))
        {
            Errors.Add(error);
        }
    }

    private List<ASTNode> Fragment(ASTNode node)
    {
        if (node is GraphQLInlineFragment inline)
        {
            return inline.SelectionSet.Selections;
        }

        var name = (node as GraphQLFragmentSpread)?.FragmentName.Name.StringValue ?? "";
        if (_fragments.TryGetValue(name, out var fragment))
        {
            return fragment.SelectionSet.Selections;
        }

        Errors.Add($"Unknown fragment '{name}'.");
        return [];
    }
}
