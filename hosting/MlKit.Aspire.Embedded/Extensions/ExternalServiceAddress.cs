namespace Aspire.Hosting;

/// <summary>Reads the URL of an external service out of its parameter.</summary>
internal static class ExternalServiceAddress
{
    /// <exception cref="DistributedApplicationException">The parameter's value is no URL of a service.</exception>
    public static async ValueTask<Uri> ReadAsync(ExternalServiceResource service, CancellationToken cancellationToken)
    {
        if (service.Uri is { } uri)
        {
            return uri;
        }

        var parameter = service.UrlParameter!;
        var text = await parameter.GetValueAsync(cancellationToken).ConfigureAwait(false);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address))
        {
            throw new DistributedApplicationException(
                $"The URL of external service '{service.Name}' (parameter '{parameter.Name}') is '{text}', which is not an absolute URL.");
        }

        return ExternalServiceResource.Broken(address) is { } message
            ? throw new DistributedApplicationException($"The URL of external service '{service.Name}' (parameter '{parameter.Name}') is invalid. {message}")
            : address;
    }
}
