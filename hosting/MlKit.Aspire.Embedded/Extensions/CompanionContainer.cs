using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds containers that help developers look into another resource; nothing of them is published.</summary>
internal static class CompanionContainer
{
    /// <summary>The container of that name, added where it is not there.</summary>
    public static IResourceBuilder<T> GetOrAdd<T>(IResourceBuilder<IResource> builder, string name, Func<string, T> create, Action<IResourceBuilder<T>> configure)
        where T : ContainerResource
    {
        var application = builder.ApplicationBuilder;
        if (application.Resources.OfType<T>().FirstOrDefault(r => r.Name == name) is { } existing)
        {
            return application.CreateResourceBuilder(existing);
        }

        var added = application.AddResource(create(name)).ExcludeFromManifest().WithRelationship(builder.Resource, KnownRelationshipTypes.Parent);
        configure(added);
        return added;
    }
}
