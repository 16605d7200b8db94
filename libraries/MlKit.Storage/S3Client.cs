using Amazon.Runtime;
using Amazon.S3;

namespace MlKit.Storage;

/// <summary>Makes clients that any S3-compatible endpoint understands.</summary>
internal static class S3Client
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Longest silence of the endpoint.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(100);

    public static AmazonS3Client Create(S3Options options)
    {
        var config = new AmazonS3Config
        {
            AuthenticationRegion = options.Region,
            ConnectTimeout = ConnectTimeout,
            Timeout = Timeout,
            MaxErrorRetry = 3,
            // Many endpoints do not know the trailing checksums; the signature covers the body of plain HTTP anyway.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.AbsoluteUri;
            config.ForcePathStyle = true;
        }
        else
        {
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(options.Region);
        }

        return options is { AccessKey: { } key, SecretKey: { } secret }
            ? new AmazonS3Client(new BasicAWSCredentials(key, secret), config)
            : new AmazonS3Client(config);
    }
}
