using MlKit.Mlflow.Transport;

namespace MlKit.Mlflow;

/// <summary>
/// A client of MLflow's tracking server, model registry and artifact proxy. Every method throws
/// <see cref="MlflowException"/> where the server refuses the call or gives no answer. Safe for concurrent use.
/// </summary>
public sealed partial class MlflowClient
{
    private readonly MlflowTransport _transport;
    private readonly MlflowClientOptions _options;

    /// <summary>Creates a client over <paramref name="http"/>, whose <c>BaseAddress</c> is the tracking server.</summary>
    public MlflowClient(HttpClient http, MlflowClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        _options = options ?? new MlflowClientOptions();
        _transport = new MlflowTransport(http, _options);
    }

    private long Now => _options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The MLflow version that the server says it is.</summary>
    public async Task<string> GetServerVersionAsync(CancellationToken cancellationToken = default)
    {
        using var response = await _transport.SendWithRetriesAsync(
            HttpMethod.Get, new Uri(_transport.Address, "version"), null, _options.AttemptTimeout, cancellationToken);
        return (await response.Content.ReadAsStringAsync(cancellationToken)).Trim();
    }

    /// <summary>Asks the server once whether it is ready.</summary>
    /// <exception cref="MlflowException">It is not, or it does not answer; the message says why.</exception>
    public async Task CheckHealthAsync(CancellationToken cancellationToken = default)
    {
        using var response = await _transport.SendWithRetriesAsync(
            HttpMethod.Get, new Uri(_transport.Address, "health"), null, _options.AttemptTimeout, cancellationToken, repeat: false);
    }

    private static string Text(ViewType view) => view switch
    {
        ViewType.ActiveOnly => "ACTIVE_ONLY",
        ViewType.DeletedOnly => "DELETED_ONLY",
        _ => "ALL",
    };

    private static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>Follows page tokens until the last page.</summary>
    private static async Task<IReadOnlyList<T>> AllAsync<T>(Func<string?, Task<Page<T>>> page)
    {
        var all = new List<T>();
        string? token = null;
        do
        {
            var (items, next) = await page(token);
            all.AddRange(items);
            token = next;
        }
        while (token is not null);

        return all;
    }
}
