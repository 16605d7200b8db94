using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace MlKit.Aspire.Embedded.Ide;

/// <summary>What an IDE that started this host said about itself.</summary>
/// <param name="Address">Where it listens, such as <c>http://localhost:5000</c>.</param>
/// <param name="Token">What the host shows with each request.</param>
/// <param name="Certificate">The only certificate that is trusted; null where it speaks http.</param>
/// <param name="Mode">Whether programs are debugged; null where that is not said.</param>
/// <param name="InstancePrefix">How the host's own id begins.</param>
/// <param name="Types">The kinds of program that it starts.</param>
internal sealed record IdeSettings(
    Uri Address, string Token, X509Certificate2? Certificate, string? Mode, string InstancePrefix, IReadOnlyList<string> Types)
{
    /// <summary>The variable whose presence says that there is an IDE.</summary>
    public const string PortKey = "DEBUG_SESSION_PORT";

    /// <summary>The versions of the protocol that the host knows, newest first.</summary>
    public static readonly IReadOnlyList<string> Versions = ["2025-10-01", "2024-04-23", "2024-03-03"];

    /// <summary>Reads the settings; null where no IDE started the host.</summary>
    /// <exception cref="DistributedApplicationException">They cannot be read; the message names the variable.</exception>
    public static IdeSettings? Read(IConfiguration configuration)
    {
        if (configuration[PortKey] is not { Length: > 0 } port)
        {
            return null;
        }

        var certificate = Certificates(configuration["DEBUG_SESSION_SERVER_CERTIFICATE"]);
        var authority = port.Contains(':', StringComparison.Ordinal) ? port : $"localhost:{port}";
        return Uri.TryCreate($"{(certificate is null ? "http" : "https")}://{authority}/", UriKind.Absolute, out var address) && address.Port > 0
            ? new IdeSettings(
                address,
                configuration["DEBUG_SESSION_TOKEN"] ?? "",
                certificate,
                configuration["DEBUG_SESSION_RUN_MODE"] is { Length: > 0 } mode ? mode : null,
                configuration["DCP_INSTANCE_ID_PREFIX"] ?? "",
                TypesOf(configuration["DEBUG_SESSION_INFO"]))
            : throw new DistributedApplicationException($"{PortKey} is '{port}'; allowed are a port, or host:port.");
    }

    /// <summary>Whether the IDE starts this kind of program.</summary>
    public bool Supports(string type) =>
        Types.Contains(type) || (type == KnownLaunchConfigurationTypes.Project && BuildsElsewhere);

    /// <summary>True when the host builds projects and the IDE only starts them.</summary>
    public bool BuildsElsewhere => Types.Contains(KnownLaunchConfigurationTypes.ProjectWithExternalBuild);

    /// <summary>Whether a kind of program is debugged where the IDE does not say so.</summary>
    public string ModeOf(string type) => Mode
        ?? (type == KnownLaunchConfigurationTypes.Project && System.Diagnostics.Debugger.IsAttached ? ExecutableLaunchMode.Debug : ExecutableLaunchMode.NoDebug);

    /// <summary>The kinds of program in an answer of the IDE; an older one knows only projects.</summary>
    public static IReadOnlyList<string> TypesOf(string? info)
    {
        if (string.IsNullOrEmpty(info))
        {
            return [KnownLaunchConfigurationTypes.Project];
        }

        try
        {
            using var document = JsonDocument.Parse(info);
            return document.RootElement.TryGetProperty("supported_launch_configurations", out var types) && types.ValueKind == JsonValueKind.Array
                ? [.. types.EnumerateArray().Select(t => t.GetString()).OfType<string>()]
                : [KnownLaunchConfigurationTypes.Project];
        }
        catch (JsonException e)
        {
            throw new DistributedApplicationException($"DEBUG_SESSION_INFO is no JSON: {e.Message}", e);
        }
    }

    private static X509Certificate2? Certificates(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? null : X509CertificateLoader.LoadCertificate(Convert.FromBase64String(text));
        }
        catch (Exception e) when (e is FormatException or System.Security.Cryptography.CryptographicException)
        {
            throw new DistributedApplicationException($"DEBUG_SESSION_SERVER_CERTIFICATE is no certificate in base64: {e.Message}", e);
        }
    }
}
