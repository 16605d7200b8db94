namespace MlKit.Mlflow;

/// <summary>How a <see cref="MlflowClient"/> behaves towards a server that is slow, absent or protected.</summary>
public sealed class MlflowClientOptions
{
    /// <summary>
    /// How often a call is repeated after a lost connection or one of the answers 408, 429, 500, 502, 503, 504, the
    /// ones that MLflow's own client repeats. 0 to 10; 5 unless set.
    /// </summary>
    public int MaxRetries { get; set; } = 5;

    /// <summary>The pause before the first repetition; it doubles each time, with up to a second of jitter.</summary>
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long one attempt of a call with a JSON answer may take. Artifact transfers have no limit.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>A bearer token, or null.</summary>
    public string? Token { get; set; }

    /// <summary>The user of basic authentication, or null. <see cref="Token"/> wins where both are set.</summary>
    public string? Username { get; set; }

    /// <summary>The password of basic authentication.</summary>
    public string? Password { get; set; }

    /// <summary>The clock of retries and of the times that the client fills in.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
