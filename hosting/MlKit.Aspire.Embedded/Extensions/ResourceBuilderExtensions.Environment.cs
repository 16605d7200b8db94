using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>What an AppHost says about any resource.</summary>
public static partial class ResourceBuilderExtensions
{
    /// <summary>Sets an environment variable.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="value">Its value; null is the empty string.</param>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return builder.WithAnnotation(new EnvironmentCallbackAnnotation(name, () => value ?? string.Empty));
    }

    /// <summary>Sets an environment variable to a composed value.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="value">Its value.</param>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, ref ReferenceExpression.ExpressionInterpolatedStringHandler value)
        where T : IResourceWithEnvironment => builder.WithEnvironment(name, ReferenceExpression.Create(ref value));

    /// <summary>Sets an environment variable to a composed value.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="value">Its value.</param>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, ReferenceExpression value)
        where T : IResourceWithEnvironment => builder.SetVariable(name, value).WithReferenceRelationship(value);

    /// <summary>Sets an environment variable.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="callback">Its value, asked for when the resource starts.</param>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, Func<string> callback)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return builder.WithAnnotation(new EnvironmentCallbackAnnotation(name, callback));
    }

    /// <summary>Changes the environment variables when the resource starts or is published.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Gets those set so far.</param>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, Action<EnvironmentCallbackContext> callback)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new EnvironmentCallbackAnnotation(callback));
    }

    /// <summary>Changes the environment variables when the resource starts or is published.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Gets those set so far.</param>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, Func<EnvironmentCallbackContext, Task> callback)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new EnvironmentCallbackAnnotation(callback));
    }

    /// <summary>Sets an environment variable to the URL of an endpoint.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="endpointReference">The endpoint.</param>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, EndpointReference endpointReference)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(endpointReference);
        return builder.SetVariable(name, endpointReference).WithReferenceRelationship(endpointReference.Resource);
    }

    /// <summary>Sets an environment variable to the URL of an external service.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="externalService">The service.</param>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ExternalServiceResource> externalService)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(externalService);
        var service = externalService.Resource;
        return builder.SetVariable(name, service.UrlParameter as object ?? service.Uri!.ToString()).WithReferenceRelationship(service);
    }

    /// <summary>Sets an environment variable to the value of a parameter.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="parameter">The parameter.</param>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> parameter)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return builder.SetVariable(name, parameter.Resource).WithReferenceRelationship(parameter.Resource);
    }

    /// <summary>Sets an environment variable to a connection string.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="envVarName">The name of the variable.</param>
    /// <param name="resource">The resource that is connected to.</param>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string envVarName, IResourceBuilder<IResourceWithConnectionString> resource)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(resource);
        return builder.SetVariable(envVarName, new ConnectionStringReference(resource.Resource, optional: false))
            .WithReferenceRelationship(resource.Resource);
    }

    /// <summary>Sets an environment variable to a value that is known later.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="value">The value.</param>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, IExpressionValue value)
        where T : IResourceWithEnvironment => builder.SetVariable(name, value).RelateTo(value);

    /// <summary>Sets an environment variable to a value that is known later.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="value">The value.</param>
    public static IResourceBuilder<T> WithEnvironment<T, TValue>(this IResourceBuilder<T> builder, string name, TValue value)
        where T : IResourceWithEnvironment
        where TValue : IValueProvider, IManifestExpressionProvider => builder.SetVariable(name, value).RelateTo(value);

    private static IResourceBuilder<T> SetVariable<T>(this IResourceBuilder<T> builder, string name, object value)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        return builder.WithEnvironment(context => context.EnvironmentVariables[name] = value);
    }
}
