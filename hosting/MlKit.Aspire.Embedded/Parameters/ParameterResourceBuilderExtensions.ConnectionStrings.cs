using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a connection string that is configured under <c>ConnectionStrings:NAME</c>.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name.</param>
    /// <param name="environmentVariableName">The variable that consumers get; the default is <c>ConnectionStrings__NAME</c>.</param>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(this IDistributedApplicationBuilder builder, [ResourceName] string name, string? environmentVariableName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var key = $"ConnectionStrings:{name}";
        return builder.AddResource(new ConnectionStringParameterResource(
            name,
            d => ParameterValues.Find(builder.Configuration, key, name, d),
            environmentVariableName))
            .WithInitialState(new CustomResourceSnapshot
            {
                ResourceType = "ConnectionString",
                Properties = [new("parameter.secret", bool.TrueString), new(CustomResourceKnownProperties.Source, key)],
            });
    }

    /// <summary>Writes the resource to a manifest as a connection string that is given when it is deployed.</summary>
    /// <param name="builder">The resource.</param>
    public static void ConfigureConnectionStringManifestPublisher(IResourceBuilder<IResourceWithConnectionString> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var name = builder.Resource.Name;
        builder.WithManifestPublishingCallback(context =>
        {
            context.Writer.WriteString("type", "parameter.v0");
            context.Writer.WriteString("connectionString", $"{{{name}.value}}");
            context.Writer.WriteString("value", $"{{{name}.inputs.value}}");
            context.Writer.WriteStartObject("inputs");
            context.Writer.WriteStartObject("value");
            context.Writer.WriteString("type", "string");
            context.Writer.WriteBoolean("secret", true);
            context.Writer.WriteEndObject();
            context.Writer.WriteEndObject();
        });
    }

    /// <summary>Publishes the resource as a connection string that is given when it is deployed, not as a container.</summary>
    /// <param name="builder">The resource.</param>
    [Obsolete("Use AddConnectionString in publish mode instead.")]
    public static IResourceBuilder<T> PublishAsConnectionString<T>(this IResourceBuilder<T> builder)
        where T : ContainerResource, IResourceWithConnectionString
    {
        ArgumentNullException.ThrowIfNull(builder);
        ConfigureConnectionStringManifestPublisher((IResourceBuilder<IResourceWithConnectionString>)builder);
        return builder;
    }
}

/// <summary>Adds connection strings that are composed of other values.</summary>
public static class ConnectionStringBuilderExtensions
{
    /// <summary>Adds a connection string.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name.</param>
    /// <param name="connectionStringExpression">The connection string.</param>
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(this IDistributedApplicationBuilder builder, [ResourceName] string name, ReferenceExpression connectionStringExpression)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(connectionStringExpression);
        return builder.AddResource(new ConnectionStringResource(name, connectionStringExpression))
            .WithReferenceRelationship(connectionStringExpression)
            .WithInitialState(new CustomResourceSnapshot { ResourceType = "ConnectionString", State = KnownResourceStates.NotStarted, Properties = [] })
            .OnInitializeResource(ConnectionStringLife.LiveAsync);
    }

    /// <summary>Adds a connection string.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name.</param>
    /// <param name="connectionStringBuilder">Composes it.</param>
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(this IDistributedApplicationBuilder builder, [ResourceName] string name, Action<ReferenceExpressionBuilder> connectionStringBuilder)
    {
        ArgumentNullException.ThrowIfNull(connectionStringBuilder);
        var expression = new ReferenceExpressionBuilder();
        connectionStringBuilder(expression);
        return builder.AddConnectionString(name, expression.Build());
    }
}
