namespace MlKit.Mlflow.Transport;

/// <summary>Turns artifact URIs into addresses of the artifact proxy.</summary>
internal static class ArtifactAddress
{
    private const string Scheme = "mlflow-artifacts:";

    /// <summary>The proxy address of a path below an artifact root; without a path, of the root itself.</summary>
    public static Uri Of(Uri server, string root, string? path)
    {
        var (proxy, folder) = Split(server, root);
        return new Uri(proxy, Escape(Join(folder, path)));
    }

    /// <summary>The proxy address that lists a folder below an artifact root.</summary>
    public static Uri OfList(Uri server, string root, string? path)
    {
        var (proxy, folder) = Split(server, root);
        return new Uri(proxy.AbsoluteUri.TrimEnd('/') + "?path=" + Uri.EscapeDataString(Join(folder, path)));
    }

    public static string Join(string folder, string? path)
    {
        var below = path?.Trim('/') ?? "";
        if (below.Split('/').Any(part => part is "." or ".."))
        {
            throw new ArgumentException($"'{path}' is not an artifact path: no part may be '.' or '..'.", nameof(path));
        }

        return folder.Length == 0 ? below : below.Length == 0 ? folder : $"{folder}/{below}";
    }

    private static (Uri Proxy, string Folder) Split(Uri server, string root)
    {
        if (!root.StartsWith(Scheme, StringComparison.Ordinal))
        {
            throw new NotSupportedException(
                $"Artifacts at '{root}' cannot be reached: only mlflow-artifacts: locations are supported, that is, a "
                + "tracking server that serves artifacts (the default).");
        }

        var rest = root[Scheme.Length..];
        if (!rest.StartsWith("//", StringComparison.Ordinal))
        {
            return (new Uri(server, MlflowTransport.Proxy), rest.Trim('/'));
        }

        var slash = rest.IndexOf('/', 2);
        var host = slash < 0 ? rest[2..] : rest[2..slash];
        var proxy = new Uri($"{server.Scheme}://{host}/{MlflowTransport.Proxy}");
        return (host.Length == 0 ? new Uri(server, MlflowTransport.Proxy) : proxy, slash < 0 ? "" : rest[slash..].Trim('/'));
    }

    private static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
