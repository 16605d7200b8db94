namespace Aspire.Hosting.ApplicationModel;

/// <summary>Finds the resources that a value is composed of.</summary>
internal static class ValueReferences
{
    /// <summary>The nearest resources: a resource that is a value itself is not looked into.</summary>
    public static IEnumerable<IResource> Resources(object? value)
    {
        var found = new HashSet<IResource>();
        Visit(value, found, []);
        return found;
    }

    /// <summary>The choices between expressions that a value is composed of, inner ones included.</summary>
    public static IEnumerable<ReferenceExpression> Choices(object? value) => value is IValueWithReferences composed and not IResource
        ? composed.References.SelectMany(Choices).Concat(composed is ReferenceExpression { IsConditional: true } choice ? [choice] : [])
        : [];

    private static void Visit(object? value, HashSet<IResource> found, HashSet<object> seen)
    {
        switch (value)
        {
            case null or string:
                return;
            case IResourceBuilder<IResource> builder:
                found.Add(builder.Resource);
                return;
            case IResource resource:
                found.Add(resource);
                return;
            case IValueWithReferences composed when seen.Add(value):
                foreach (var part in composed.References)
                {
                    Visit(part, found, seen);
                }

                return;
        }
    }
}
