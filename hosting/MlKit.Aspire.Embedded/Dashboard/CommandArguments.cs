using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Proto = MlKit.Dashboard.ResourceService;

namespace MlKit.Aspire.Embedded.Dashboard;

/// <summary>What a command asks for, as messages, and what was entered, checked.</summary>
internal sealed class CommandArguments(ResourceNotificationService notifications, IServiceProvider services)
{
    private static readonly (InteractionInputCollection, Dictionary<string, string>) Nothing =
        (new InteractionInputCollection([]), new Dictionary<string, string>());

    /// <summary>The message of an input; a secret that the author offered stays here.</summary>
    public static Proto.CommandInput Message(InteractionInput input)
    {
        var message = new Proto.CommandInput
        {
            Name = input.Name,
            Type = input.InputType.ToString(),
            Label = input.Label ?? input.Name,
            Description = input.Description ?? "",
            Placeholder = input.Placeholder ?? "",
            Value = input.InputType == InputType.SecretText ? "" : input.Value ?? "",
            Required = input.Required,
            Disabled = input.Disabled,
            AllowCustomChoice = input.AllowCustomChoice,
            IsDynamic = input.DynamicLoading is not null,
        };
        if (input.MaxLength is { } length)
        {
            message.MaxLength = length;
        }

        message.Choices.AddRange((input.Options ?? []).Select(option => new Proto.CommandChoice { Value = option.Key, Label = option.Value }));
        return message;
    }

    /// <summary>The inputs with the values of a request, and what is wrong with them by the names of inputs.</summary>
    public async Task<(InteractionInputCollection Inputs, Dictionary<string, string> Problems)> ReadAsync(
        Proto.ExecuteCommandRequest request, CancellationToken cancellationToken)
    {
        if (Find(request.ResourceId, request.CommandName) is not { } command)
        {
            return Nothing;
        }

        var inputs = await EnterAsync(command, request.Arguments, cancellationToken);
        var problems = new Dictionary<string, string>();
        foreach (var input in inputs)
        {
            if (ProblemOf(input) is { } problem)
            {
                problems[input.Name] = problem;
            }
        }

        if (problems.Count == 0 && command.ValidateArguments is { } validate)
        {
            var context = new InputsDialogValidationContext { Inputs = inputs, Services = services, CancellationToken = cancellationToken };
            await validate(context);
            foreach (var (name, message) in context.Errors)
            {
                problems[name] = message;
            }
        }

        return (inputs, problems);
    }

    /// <summary>What a command asks for, with the choices for what was entered so far.</summary>
    public async Task<IEnumerable<Proto.CommandInput>> LoadAsync(Proto.LoadInputsRequest request, CancellationToken cancellationToken) =>
        Find(request.ResourceId, request.CommandName) is { } command
            ? (await EnterAsync(command, request.Arguments, cancellationToken)).Select(Message)
            : [];

    private ResourceCommandAnnotation? Find(string resourceId, string name) =>
        notifications.TryGetCurrentState(resourceId, out var state)
        && state.Resource.Annotations.OfType<ResourceCommandAnnotation>().LastOrDefault(c => c.Name == name) is { Arguments.Count: > 0 } command
            ? command
            : null;

    private async Task<InteractionInputCollection> EnterAsync(ResourceCommandAnnotation command, IDictionary<string, string> values, CancellationToken cancellationToken)
    {
        List<InteractionInput> inputs = [.. command.Arguments.Select(input => WithValue(input, values))];
        // When the dialog opens there is nothing yet that choices could depend on.
        await InputChoices.LoadAsync(inputs, loading => values.Count == 0 || loading.DependsOnInputs is { Count: > 0 }, services, cancellationToken);
        foreach (var input in inputs.Where(input => !input.Disabled && values.ContainsKey(input.Name)))
        {
            input.Value = values[input.Name];
        }

        return new InteractionInputCollection(inputs);
    }

    // A copy: two visitors may enter different values at the same time.
    private static InteractionInput WithValue(InteractionInput input, IDictionary<string, string> values) => new()
    {
        Name = input.Name,
        InputType = input.InputType,
        Label = input.Label,
        Description = input.Description,
        EnableDescriptionMarkdown = input.EnableDescriptionMarkdown,
        Placeholder = input.Placeholder,
        Value = !input.Disabled && values.TryGetValue(input.Name, out var value) ? value : input.Value,
        Required = input.Required,
        Disabled = input.Disabled,
        MaxLength = input.MaxLength,
        Options = input.Options,
        AllowCustomChoice = input.AllowCustomChoice,
        DynamicLoading = input.DynamicLoading,
    };

    private static string? ProblemOf(InteractionInput input)
    {
        if (string.IsNullOrEmpty(input.Value))
        {
            return input.Required ? "a value is required" : null;
        }

        return input.InputType switch
        {
            _ when input.Value.Length > input.MaxLength => $"at most {input.MaxLength} characters are allowed",
            InputType.Boolean when !bool.TryParse(input.Value, out _) => "must be true or false",
            InputType.Number when !double.TryParse(input.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => "must be a number",
            InputType.Choice when !input.AllowCustomChoice && input.Options?.Any(option => option.Key == input.Value) == false =>
                $"must be one of {string.Join(", ", input.Options.Select(option => option.Key))}",
            _ => null,
        };
    }
}
