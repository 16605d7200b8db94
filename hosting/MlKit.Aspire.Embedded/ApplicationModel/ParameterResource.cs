namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is given from outside: by configuration, by the user, or generated.</summary>
public class ParameterResource : Resource, IExpressionValue
{
    private readonly Lazy<string> _value;

    /// <summary>Creates a parameter.</summary>
    /// <param name="name">The name.</param>
    /// <param name="callback">Finds the value, given the default; called once, at the first use.</param>
    /// <param name="secret">Whether the value is masked and published as a secret.</param>
    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(callback);
        _value = new Lazy<string>(() => callback(Default));
        Secret = secret;
    }

    /// <summary>The value.</summary>
    /// <exception cref="MissingParameterValueException">There is none.</exception>
    [Obsolete("Use GetValueAsync instead.")]
    public string Value => Current;

    /// <summary>What counts where no value is given.</summary>
    public ParameterDefault? Default { get; set; }

    /// <summary>Whether the value is masked and published as a secret.</summary>
    public bool Secret { get; }

    /// <summary>Whether the value is a connection string, found under <c>ConnectionStrings</c>.</summary>
    public bool IsConnectionString { get; set; }

    /// <inheritdoc/>
    public string ValueExpression => $"{{{Name}.value}}";

    /// <summary>What it means, for those who give the value.</summary>
    public string? Description { get; set; }

    /// <summary>Whether the description is Markdown.</summary>
    public bool EnableDescriptionMarkdown { get; set; }

    /// <summary>
    /// Set by a host that can ask the user for a missing value or change it while running; null where the value is read at once.
    /// </summary>
    internal TaskCompletionSource<string>? WaitForValueTcs { get; set; }

    /// <summary>The key in the configuration.</summary>
    internal string ConfigurationKey
    {
        get => field ?? (IsConnectionString ? $"ConnectionStrings:{Name}" : $"Parameters:{Name}");
        set;
    }

    /// <summary>The value, read at once.</summary>
    internal string Current => _value.Value;

    /// <summary>The value; waits for the user where the host asks for it.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="MissingParameterValueException">There is none.</exception>
    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) =>
        WaitForValueTcs is { } asked ? await asked.Task.WaitAsync(cancellationToken).ConfigureAwait(false) : Current;

    /// <inheritdoc cref="GetValueAsync(CancellationToken)"/>
    /// <param name="_">Who asks; the value is the same for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<string?> GetValueAsync(ValueProviderContext _, CancellationToken cancellationToken) => GetValueAsync(cancellationToken);
}
