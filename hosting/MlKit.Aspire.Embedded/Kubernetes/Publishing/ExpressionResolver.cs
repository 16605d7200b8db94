using System.Globalization;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>Turns the values of the application model into Helm texts, and notes who calls whom.</summary>
internal sealed class ExpressionResolver(PublishedApplication application)
{
    /// <summary>The Helm text of a value; null where it belongs to an endpoint that nobody listens on.</summary>
    /// <param name="value">A string, a number, a flag, or a value of the application model.</param>
    /// <param name="consumer">The resource that uses it.</param>
    /// <param name="use">What it is used for, for error messages.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="DistributedApplicationException">The value has no form in a chart; the message names the use.</exception>
    public async Task<HelmValue?> ResolveAsync(
        object? value,
        IResource consumer,
        string use,
        CancellationToken cancellationToken) => value switch
        {
            null => HelmValue.Literal(""),
            string text => HelmValue.Literal(text),
            bool flag => HelmValue.Literal(flag ? "true" : "false"),
            ParameterResource parameter => await ParameterAsync(parameter, consumer, cancellationToken).ConfigureAwait(false),
            EndpointReference endpoint => Endpoint(endpoint, EndpointProperty.Url, consumer),
            EndpointReferenceExpression part => Endpoint(part.Endpoint, part.Property, consumer),
            ReferenceExpression expression =>
                await ExpressionAsync(expression, consumer, use, cancellationToken).ConfigureAwait(false),
            ConnectionStringReference reference =>
                await ResolveAsync(reference.Resource.ConnectionStringExpression, consumer, use, cancellationToken)
                    .ConfigureAwait(false),
            IResourceWithConnectionString resource =>
                await ResolveAsync(resource.ConnectionStringExpression, consumer, use, cancellationToken)
                    .ConfigureAwait(false),
            IResourceBuilder<IResource> builder =>
                await ResolveAsync(builder.Resource, consumer, use, cancellationToken).ConfigureAwait(false),
            HostUrl url => HelmValue.Literal(url.Url),
            Uri uri => HelmValue.Literal(uri.ToString()),
            IFormattable number => HelmValue.Literal(number.ToString(null, CultureInfo.InvariantCulture)),
            _ => throw new DistributedApplicationException(
                $"Resource '{consumer.Name}', {use}: a value of type {value.GetType().Name} has no form in a Helm chart. "
                + "Allowed are strings, numbers, flags, parameters, endpoints, connection strings and expressions of them."),
        };

    private async Task<HelmValue> ParameterAsync(ParameterResource parameter, IResource consumer, CancellationToken cancellationToken)
    {
        application.Use(consumer, parameter);
        return await application.Values.ParameterAsync(parameter, cancellationToken).ConfigureAwait(false);
    }

    private HelmValue? Endpoint(EndpointReference reference, EndpointProperty property, IResource consumer)
    {
        if (application.Find(reference, consumer) is not { } endpoint)
        {
            return null;
        }

        application.Connect(consumer, reference.Resource, endpoint);
        var host = ObjectNames.Of(reference.Resource);
        var scheme = endpoint.Annotation.UriScheme;
        return new HelmValue(
            property switch
            {
                EndpointProperty.Url => string.Create(CultureInfo.InvariantCulture, $"{scheme}://{host}:{endpoint.Port}"),
                EndpointProperty.Host or EndpointProperty.IPV4Host => host,
                EndpointProperty.Port => endpoint.Port.ToString(CultureInfo.InvariantCulture),
                EndpointProperty.TargetPort => endpoint.TargetPort.ToString(CultureInfo.InvariantCulture),
                EndpointProperty.Scheme => scheme,
                EndpointProperty.HostAndPort => string.Create(CultureInfo.InvariantCulture, $"{host}:{endpoint.Port}"),
                EndpointProperty.TlsEnabled => endpoint.Annotation.TlsEnabled ? bool.TrueString : bool.FalseString,
                _ => throw new DistributedApplicationException(
                    $"Resource '{consumer.Name}': the endpoint property {property} is not known in a Helm chart."),
            },
            false);
    }

    private async Task<HelmValue?> ExpressionAsync(
        ReferenceExpression expression,
        IResource consumer,
        string use,
        CancellationToken cancellationToken)
    {
        if (expression.IsConditional)
        {
            return await ConditionalAsync(expression, consumer, use, cancellationToken).ConfigureAwait(false);
        }

        var secret = false;
        var parts = new object[expression.ValueProviders.Count];
        for (var index = 0; index < parts.Length; index++)
        {
            var part = await ResolveAsync(expression.ValueProviders[index], consumer, use, cancellationToken)
                .ConfigureAwait(false);
            if (part is null)
            {
                return null;
            }

            secret |= part.Secret;
            parts[index] = Formatted(part.Text, expression.StringFormats[index]);
        }

        return new HelmValue(Compose(expression.Format, parts), secret);
    }

    private async Task<HelmValue?> ConditionalAsync(
        ReferenceExpression expression,
        IResource consumer,
        string use,
        CancellationToken cancellationToken)
    {
        var condition = await ResolveAsync(expression.Condition, consumer, use, cancellationToken).ConfigureAwait(false);
        var whenTrue = await ResolveAsync(expression.WhenTrue, consumer, use, cancellationToken).ConfigureAwait(false);
        var whenFalse = await ResolveAsync(expression.WhenFalse, consumer, use, cancellationToken).ConfigureAwait(false);
        if (condition is null || whenTrue is null || whenFalse is null)
        {
            return null;
        }

        if (!HelmText.HasExpression(condition.Text))
        {
            return string.Equals(condition.Text, expression.MatchValue, StringComparison.OrdinalIgnoreCase)
                ? whenTrue
                : whenFalse;
        }

        var test = $"eq (lower ({HelmText.ToExpression(condition.Text)})) {HelmText.Quote(expression.MatchValue!.ToLowerInvariant())}";
        return new HelmValue(
            $"{{{{ ternary ({HelmText.ToExpression(whenTrue.Text)}) ({HelmText.ToExpression(whenFalse.Text)}) ({test}) }}}}",
            whenTrue.Secret || whenFalse.Secret);
    }

    // What run mode percent-encodes must be encoded by the template as well, or a password with '@' breaks the URL.
    private static string Formatted(string text, string? format)
    {
        if (!string.Equals(format, "uri", StringComparison.OrdinalIgnoreCase))
        {
            return text;
        }

        return HelmText.HasExpression(text)
            ? $"{{{{ {HelmText.ToExpression(text)} | urlquery | replace \"+\" \"%20\" }}}}"
            : Uri.EscapeDataString(text);
    }

    // string.Format cannot be used for literals with Helm's braces in them: they must be escaped, the values not.
    private static string Compose(string format, object[] parts)
    {
        var text = new StringBuilder();
        var literal = new StringBuilder();
        for (var at = 0; at < format.Length; at++)
        {
            if (format[at] is '{' or '}' && at + 1 < format.Length && format[at + 1] == format[at])
            {
                literal.Append(format[at++]);
            }
            else if (format[at] == '{')
            {
                var end = format.IndexOf('}', at);
                var index = int.Parse(format.AsSpan(at + 1, end - at - 1), CultureInfo.InvariantCulture);
                text.Append(HelmText.Escape(literal.ToString())).Append(parts[index]);
                literal.Clear();
                at = end;
            }
            else
            {
                literal.Append(format[at]);
            }
        }

        return text.Append(HelmText.Escape(literal.ToString())).ToString();
    }
}
