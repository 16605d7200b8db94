using MlKit.Dashboard.History;

namespace MlKit.Dashboard.Configuration;

/// <summary>The dashboard's settings, read and checked once at start by <see cref="DashboardOptionsReader"/>.</summary>
internal sealed record DashboardOptions
{
    /// <summary>Addresses of the pages; more than one may be given.</summary>
    public required IReadOnlyList<Uri> FrontendUrls { get; init; }

    /// <summary>Address that receives OTLP over gRPC, or null when it is switched off.</summary>
    public required Uri? OtlpGrpcUrl { get; init; }

    /// <summary>Address that receives OTLP over HTTP, or null when it is switched off.</summary>
    public required Uri? OtlpHttpUrl { get; init; }

    /// <summary>The host's resource service; null when the dashboard stands alone.</summary>
    public Uri? ResourceServiceUrl { get; init; }

    /// <summary>Sent to the resource service in <c>x-resource-service-api-key</c>.</summary>
    public string? ResourceServiceApiKey { get; init; }

    /// <summary>Senders of telemetry must give it in <c>x-otlp-api-key</c>; null accepts everyone who can connect.</summary>
    public string? OtlpApiKey { get; init; }

    /// <summary>Origins whose pages may send OTLP by HTTP, such as <c>http://localhost:3000</c>; <c>*</c> for all, none by default.</summary>
    public IReadOnlyList<string> OtlpAllowedOrigins { get; init; } = [];

    /// <summary>Headers that those pages may send.</summary>
    public IReadOnlyList<string> OtlpAllowedHeaders { get; init; } = [];

    /// <summary>The login token; null when anonymous visitors are allowed.</summary>
    public string? BrowserToken { get; init; }

    /// <summary>The token was made here, so nobody else could print the login address.</summary>
    public bool BrowserTokenWasGenerated { get; init; }

    /// <summary>Shown where no host gives the application's name.</summary>
    public string ApplicationName { get; init; } = "Telemetry";

    /// <summary>What is kept in memory.</summary>
    public TelemetryLimits Limits { get; init; } = new();

    /// <summary>What is kept of past runs.</summary>
    public HistoryOptions History { get; init; } = new();

    /// <summary>True when everyone who reaches the pages may use them.</summary>
    public bool AllowsAnonymous => BrowserToken is null;
}
