using System.Globalization;
using StackExchange.Redis;

namespace MlKit.Feast;

/// <summary>Connection strings as Aspire writes them (<c>host:port,password=x</c>) and as Feast does (<c>host:port,db=1,ssl=true</c>).</summary>
public static class RedisConnection
{
    private const int Milliseconds = 2000;

    /// <summary>
    /// Options with bounded waits: a store that is gone or silent is an error within seconds (<c>asyncTimeout</c> in
    /// milliseconds, 4000 unless given), and the connection comes back by itself.
    /// </summary>
    /// <exception cref="FeastException">The text is no connection string; the message says why.</exception>
    public static ConfigurationOptions Parse(string connectionString)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        var parts = connectionString.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.StartsWith("db=", StringComparison.OrdinalIgnoreCase) ? $"defaultDatabase={part[3..]}" : part)
            .Select(part => part.StartsWith("username=", StringComparison.OrdinalIgnoreCase) ? $"user={part[9..]}" : part).ToList();
        try
        {
            var options = ConfigurationOptions.Parse(string.Join(',', parts));
            if (options.EndPoints.Count == 0)
            {
                throw new FeastException("the Redis connection string names no host:port");
            }

            options.AbortOnConnectFail = false;
            options.BacklogPolicy = BacklogPolicy.FailFast;
            options.ConnectTimeout = Milliseconds;
            if (!parts.Any(part => part.StartsWith("asyncTimeout=", StringComparison.OrdinalIgnoreCase)))
            {
                options.AsyncTimeout = 2 * Milliseconds;
            }

            options.ReconnectRetryPolicy = new LinearRetry(Milliseconds / 4);
            options.ClientName ??= $"mlkit-feast-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}";
            return options;
        }
        catch (ArgumentException error)
        {
            throw new FeastException($"the Redis connection string is not understood: {error.Message}", error);
        }
    }
}
