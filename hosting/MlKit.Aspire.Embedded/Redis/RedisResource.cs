namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Redis server in a container.</summary>
/// <param name="name">The name.</param>
public class RedisResource(string name) : ContainerResource(name), IResourceWithConnectionString
{
    internal const string PrimaryEndpointName = "tcp";

    private EndpointReference? _primaryEndpoint;

    /// <summary>Creates a server with a password.</summary>
    /// <param name="name">The name.</param>
    /// <param name="password">The password.</param>
    public RedisResource(string name, ParameterResource password)
        : this(name) => PasswordParameter = password;

    /// <summary>Where it listens.</summary>
    public EndpointReference PrimaryEndpoint => _primaryEndpoint ??= new(this, PrimaryEndpointName);

    /// <summary>The host that callers use.</summary>
    public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

    /// <summary>The port that callers use.</summary>
    public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    /// <summary>The password; null for none.</summary>
    public ParameterResource? PasswordParameter { get; private set; }

    /// <summary>Whether TLS is spoken.</summary>
    public bool TlsEnabled => PrimaryEndpoint.TlsEnabled;

    /// <summary><c>host:port[,password=...][,ssl=true]</c>.</summary>
    public ReferenceExpression ConnectionStringExpression
    {
        get
        {
            var expression = new ReferenceExpressionBuilder();
            expression.AppendFormatted(PrimaryEndpoint.Property(EndpointProperty.HostAndPort));
            if (PasswordParameter is { } password)
            {
                expression.Append($",password={password}");
            }

            if (TlsEnabled)
            {
                expression.AppendLiteral(",ssl=true");
            }

            return expression.Build();
        }
    }

    /// <summary><c>redis://[:password@]host:port</c>, <c>rediss</c> with TLS.</summary>
    public ReferenceExpression UriExpression
    {
        get
        {
            var expression = new ReferenceExpressionBuilder();
            expression.AppendLiteral(TlsEnabled ? "rediss://" : "redis://");
            if (PasswordParameter is { } password)
            {
                expression.Append($":{password:uri}@");
            }

            expression.AppendFormatted(PrimaryEndpoint.Property(EndpointProperty.HostAndPort));
            return expression.Build();
        }
    }

    /// <summary>The connection string; waits until the address is known.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) =>
        this.TryGetLastAnnotation<ConnectionStringRedirectAnnotation>(out var redirect)
            ? redirect.Resource.GetConnectionStringAsync(cancellationToken)
            : ConnectionStringExpression.GetValueAsync(cancellationToken);

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties()
    {
        yield return new("Host", ReferenceExpression.Create($"{Host}"));
        yield return new("Port", ReferenceExpression.Create($"{Port}"));
        if (PasswordParameter is { } password)
        {
            yield return new("Password", ReferenceExpression.Create($"{password}"));
        }

        yield return new("Uri", UriExpression);
    }

    internal void SetPassword(ParameterResource? password) => PasswordParameter = password;
}
