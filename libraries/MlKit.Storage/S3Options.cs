namespace MlKit.Storage;

/// <summary>How <c>s3://</c> locations are reached: at Amazon, or at any endpoint that speaks the same protocol.</summary>
public sealed record S3Options
{
    private const string Section = "MLKIT:STORAGE:S3:";

    /// <summary>Address of the endpoint, <c>http</c> or <c>https</c>; null: Amazon's for <see cref="Region"/>.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Region; it is part of the signature, and of the address where no endpoint is given.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>Access key; null: what the AWS SDK finds (environment, profile, the pod's or the machine's role).</summary>
    public string? AccessKey { get; init; }

    /// <summary>Secret of <see cref="AccessKey"/>.</summary>
    public string? SecretKey { get; init; }

    /// <summary>What <c>--help</c> of a service prints about these settings.</summary>
    public const string Help = """
          MLKIT__STORAGE__S3__ENDPOINT       address of an S3-compatible endpoint for s3:// locations (default Amazon's)
          MLKIT__STORAGE__S3__REGION         region of the bucket (default us-east-1)
          MLKIT__STORAGE__S3__ACCESSKEY      access key (default: what the AWS SDK finds, for example the pod's role)
          MLKIT__STORAGE__S3__SECRETKEY      its secret; better as a file of that name under MLKIT__SECRETS__PATH

        """;

    /// <summary>Reads the settings <c>MLKIT:STORAGE:S3:{ENDPOINT,REGION,ACCESSKEY,SECRETKEY}</c>.</summary>
    /// <param name="setting">Gives the value of a configuration key, or null: <c>key => configuration[key]</c>.</param>
    /// <exception cref="InvalidOperationException">A value is not allowed; the message names the key, never the secret.</exception>
    public static S3Options Read(Func<string, string?> setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var options = new S3Options
        {
            Endpoint = Address(Text(setting, "ENDPOINT")),
            Region = Text(setting, "REGION") ?? "us-east-1",
            AccessKey = Text(setting, "ACCESSKEY"),
            SecretKey = Text(setting, "SECRETKEY"),
        };
        return options.AccessKey is null == options.SecretKey is null
            ? options
            : throw new InvalidOperationException(
                "MLKIT__STORAGE__S3__ACCESSKEY and MLKIT__STORAGE__S3__SECRETKEY belong together: set both or neither");
    }

    /// <summary>Leaves the secret out.</summary>
    public override string ToString() => $"{Endpoint?.AbsoluteUri ?? "Amazon S3"} ({Region})";

    private static string? Text(Func<string, string?> setting, string key) =>
        setting(Section + key) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private static Uri? Address(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new InvalidOperationException(
                $"MLKIT__STORAGE__S3__ENDPOINT is '{text}'; allowed is an http:// or https:// address");
    }
}
